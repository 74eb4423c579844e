//! Swaps for `pg_test/quantlib_swaps.py` to value.

use super::{Leg, Random, Roll, Swap, SwapTerms, SwapValuation, date};
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::market::curve::{Curve, CurveDefinition, Node};
use crate::market::data::MarketData;
use crate::product::swap::FixedLeg;

/// Nodes on days, and the same as text.
fn curve(random: &mut Random, as_of: Date) -> (Curve, String) {
    let level = random.between(-0.005, 0.06);
    let days = [30, 91, 183, 365, 730, 1_095, 1_826, 2_557, 3_653, 5_479, 7_305, 11_000];
    let node = |days: i32| Node {
        time: f64::from(days) / 365.0,
        zero: level + random.between(-0.01, 0.02),
    };
    let nodes = days.map(node).to_vec();
    let text = days
        .iter()
        .zip(&nodes)
        .map(|(days, node)| format!("{days}:{}", node.zero))
        .collect::<Vec<_>>()
        .join(" ");
    (Curve::new(CurveDefinition::new(as_of, nodes)).unwrap(), text)
}

/// Random swaps with their figures, written to `target/swaps.csv`.
#[test]
fn swaps_beside_quantlib() {
    let mut random = Random::new(101);
    let as_of = date("2026-03-24");
    let mut lines = vec![
        "kind,fixed_leg,fixed_rate,effective,maturity,fixed_frequency,fixed_day_count,spread,floating_frequency,floating_day_count,\
         fixing,calendar,lag,settlement,discount,projection,npv,par_rate,dv01"
            .to_owned(),
    ];
    use DayCount::*;
    let frequencies =
        [Frequency::Annual, Frequency::Semiannual, Frequency::Quarterly, Frequency::Monthly];
    while lines.len() <= 2_000 {
        let n = lines.len() - 1;
        let overnight = n % 2 == 0;
        let mut day = |from: i32, to: i32| {
            let civil =
                Date::from_days(as_of.days() + from + random.below(to - from)).unwrap().civil();
            Date::from_ymd(civil.year(), civil.month(), civil.day.min(28)).unwrap()
        };
        let (effective, maturity) = (day(-600, 500), day(560, 10_000));
        let settlement = if n % 5 == 0 { day(30, 200) } else { as_of };
        let calendar = random.pick(&["", "US", "TARGET", "UK"]);
        let fixed = Leg {
            frequency: random.pick(&frequencies),
            day_count: random.pick(&[Act360, Act365F, Thirty360BondBasis, Thirty360E, ActActIsda]),
        };
        let floating = Leg {
            frequency: random.pick(&frequencies),
            day_count: random.pick(&[Act360, Act365F]),
        };
        let swap = Swap::new(SwapTerms {
            fixed_leg: random.pick(&[FixedLeg::Pay, FixedLeg::Receive]),
            fixed,
            index: if overnight { "SOFR" } else { "LIBOR" }.to_owned(),
            floating: if overnight {
                Leg { frequency: fixed.frequency, ..floating }
            } else {
                floating
            },
            spread: random.pick(&[0.0, 0.0025, -0.001]),
            fixing: Some(random.between(0.0, 0.06)),
            calendar: if calendar.is_empty() { "weekends" } else { calendar }.parse().unwrap(),
            roll: if calendar.is_empty() { Roll::Unadjusted } else { Roll::ModifiedFollowing },
            payment_lag: if overnight && !calendar.is_empty() { random.below(4) as u8 } else { 0 },
            end_of_month: false,
            notional: Some(1e6),
            ..SwapTerms::new((random.between(-0.01, 0.08) * 1e4).round() / 1e4, effective, maturity)
        });
        let swap = swap.unwrap();
        let (discount, first) = curve(&mut random, as_of);
        let (projection, second) =
            if n % 3 == 0 { (discount.clone(), first.clone()) } else { curve(&mut random, as_of) };
        let valuation = SwapValuation::new(
            &swap,
            MarketData::dual(&discount, &projection).unwrap(),
            Some(settlement),
        )
        .unwrap()
        .unwrap();
        // Two periods may have begun where payment lags, and one fixing is known.
        let (Some(npv), Some(par_rate), Some(dv01)) =
            (valuation.npv(), valuation.par_rate(), valuation.dv01())
        else {
            continue;
        };
        let kind = if overnight { "overnight" } else { "term" };
        let leg = |leg: Leg| format!("{},{}", leg.frequency.per_year(), leg.day_count.name());
        let SwapTerms { fixed_leg, fixed_rate, spread, fixing, payment_lag, .. } =
            swap.clone().into_terms();
        lines.push(format!(
            "{kind},{},{fixed_rate},{effective},{maturity},{},{spread},{},{},{calendar},{payment_lag},{settlement},{first},{second},{npv},{par_rate},{dv01}",
            fixed_leg.name(),
            leg(swap.fixed),
            leg(swap.floating),
            fixing.unwrap(),
        ));
    }
    std::fs::create_dir_all("target").unwrap();
    std::fs::write("target/swaps.csv", lines.join("\n") + "\n").unwrap();
}
