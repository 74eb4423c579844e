//! Rates that are quoted in place of a yield, and discount no flows one by one: simple yield,
//! current yield, bank discount, money-market yield, and the investment rate of a bill.

use super::discounted_flows::Measures;
use crate::basics::date::Date;
use crate::numeric::elementary::ln;

/// The remaining payments of a bond, as the formula of its rate wants it. Amounts per 100 face,
/// times in years.
#[derive(Debug, Clone)]
pub enum RateFormula {
    /// P = (R + C·T)/(1 + y·T), of the clean price.
    JapaneseSimple {
        coupon: f64,
        redemption: f64,
        years: f64,
        accrued: f64,
    },
    /// P = C/y, of the clean price.
    Current {
        coupon: f64,
        accrued: f64,
    },
    /// P = S·(1 − d·t)
    Discount {
        due: f64,
        years: f64,
    },
    /// Amounts, each with the time since the one before: P = Σ aⱼ · Π 1/(1 + y·τᵢ)
    MoneyMarket(Vec<(f64, f64)>),
    /// Amounts, each with the time from it to maturity, and the time to maturity: P·(1 + y·T) = Σ
    /// aⱼ·(1 + y·rⱼ)
    ToMaturity {
        flows: Vec<(f64, f64)>,
        years: f64,
    },
    Bill {
        due: f64,
        term: BillTerm,
    },
}

/// The time to a bill's maturity, r/y. Its investment rate i is simple to half a year, P·(1 +
/// i·r/y) = S, and compounds once beyond it, P·(1 + (r/y − ½)·i)·(1 + i/2) = S. Half a year is six
/// months: 26 June to 26 December, though it is 183 days. Source: 31 CFR 356, appendix B VI.D.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BillTerm {
    /// Actual days over those of the year that begins on settlement, 366 where it holds a 29
    /// February.
    years: f64,
    compounds: bool,
}

impl BillTerm {
    pub fn new(settlement: Date, maturity: Date) -> BillTerm {
        let later = |months: i32| settlement.civil().months_earlier(-months, false).date();
        let days = |date: Date| f64::from(date.days() - settlement.days());
        let years = days(maturity) / days(later(12));
        BillTerm { years, compounds: years > 0.5 && maturity > later(6) }
    }

    /// The two spans of simple interest, of which the second may be none.
    pub fn spans(self) -> [f64; 2] {
        if self.compounds { [self.years - 0.5, 0.5] } else { [self.years, 0.0] }
    }
}

/// A dirty price, and its first two derivatives with respect to the rate.
struct RatePrice {
    price: f64,
    slope: f64,
    bend: f64,
}

impl RateFormula {
    pub fn price(&self, rate: f64) -> Option<f64> {
        self.at(rate).map(|curve| curve.price)
    }

    /// The rate at which the remaining payments are worth `dirty`, and the sensitivities there.
    /// Macaulay's duration needs discount factors, which these rates do not have: it is that of the
    /// yield compounded at the coupons, and the caller's.
    pub fn measures(&self, dirty: f64, macaulay_duration: f64) -> Option<Measures> {
        let rate = self.rate(dirty)?;
        let RatePrice { slope, bend, .. } = self.at(rate)?;
        let measures = Measures {
            ytm: rate,
            macaulay_duration,
            modified_duration: -slope / dirty,
            convexity: bend / dirty,
        };
        (rate.is_finite() && measures.convexity.is_finite()).then_some(measures)
    }

    /// Discount factor of the payment after `earlier` others, where the rate has such a thing.
    pub fn discount_factor(&self, rate: f64, earlier: usize) -> Option<f64> {
        match self {
            RateFormula::JapaneseSimple { .. } | RateFormula::Current { .. } => None,
            RateFormula::Discount { due, .. } | RateFormula::Bill { due, .. } => {
                self.price(rate).map(|price| price / due)
            }
            RateFormula::ToMaturity { flows, years } => {
                let (rest, _) = flows.get(earlier)?;
                Some((1.0 + rate * rest) / (1.0 + rate * years))
            }
            RateFormula::MoneyMarket(flows) => Some(
                flows.iter().take(earlier + 1).map(|(time, _)| 1.0 / (1.0 + rate * time)).product(),
            ),
        }
    }

    fn rate(&self, dirty: f64) -> Option<f64> {
        match *self {
            RateFormula::JapaneseSimple { coupon, redemption, years, accrued } => {
                let clean = dirty - accrued;
                (clean > 0.0 && years > 0.0)
                    .then(|| (coupon + (redemption - clean) / years) / clean)
            }
            RateFormula::Current { coupon, accrued } => {
                (dirty > accrued && coupon > 0.0).then(|| coupon / (dirty - accrued))
            }
            RateFormula::Discount { due, years } => {
                (years > 0.0).then(|| (1.0 - dirty / due) / years)
            }
            RateFormula::Bill { due, term: BillTerm { years, compounds } } if years > 0.0 => {
                let gain = due / dirty - 1.0;
                if !compounds {
                    return Some(gain / years);
                }
                // a·i² + years·i − gain = 0, by the root that does not cancel
                let a = 0.5 * years - 0.25;
                let root = years * years + 4.0 * a * gain;
                (root >= 0.0).then(|| 2.0 * gain / (years + root.sqrt()))
            }
            RateFormula::Bill { .. } => None,
            RateFormula::ToMaturity { ref flows, years } => {
                let (due, reinvested) = sums(flows);
                let base = dirty * years - reinvested;
                (base > 0.0).then(|| (due - dirty) / base)
            }
            RateFormula::MoneyMarket(ref flows) => self.money_market_rate(flows, dirty),
        }
    }

    fn at(&self, rate: f64) -> Option<RatePrice> {
        let curve = match *self {
            RateFormula::JapaneseSimple { coupon, redemption, years, accrued } => {
                let growth = 1.0 + rate * years;
                if growth <= 0.0 {
                    return None;
                }
                let clean = (redemption + coupon * years) / growth;
                let fall = years / growth;
                RatePrice {
                    price: clean + accrued,
                    slope: -clean * fall,
                    bend: 2.0 * clean * fall * fall,
                }
            }
            RateFormula::Current { coupon, accrued } => {
                if rate <= 0.0 || coupon == 0.0 {
                    return None;
                }
                let clean = coupon / rate;
                RatePrice {
                    price: clean + accrued,
                    slope: -clean / rate,
                    bend: 2.0 * clean / (rate * rate),
                }
            }
            RateFormula::Discount { due, years } => {
                RatePrice { price: due * (1.0 - rate * years), slope: -due * years, bend: 0.0 }
            }
            RateFormula::Bill { due, term: BillTerm { years, compounds: false } } => {
                let growth = 1.0 + rate * years;
                if growth <= 0.0 {
                    return None;
                }
                let (price, fall) = (due / growth, years / growth);
                RatePrice { price, slope: -price * fall, bend: 2.0 * price * fall * fall }
            }
            RateFormula::Bill { due, term } => product(due, &term.spans(), rate)?,
            RateFormula::ToMaturity { ref flows, years } => {
                let growth = 1.0 + rate * years;
                if growth <= 0.0 {
                    return None;
                }
                let (due, reinvested) = sums(flows);
                let price = (due + rate * reinvested) / growth;
                let slope = (reinvested - price * years) / growth;
                RatePrice { price, slope, bend: -2.0 * slope * years / growth }
            }
            RateFormula::MoneyMarket(ref flows) => money_market(flows, rate)?,
        };
        (curve.price > 0.0 && curve.price.is_finite()).then_some(curve)
    }

    /// ln P is convex in the rate and falls, so that Newton's method rises to the root once it is
    /// below it.
    fn money_market_rate(&self, flows: &[(f64, f64)], dirty: f64) -> Option<f64> {
        let longest = flows.iter().map(|&(time, _)| time).fold(0.0, f64::max);
        if longest <= 0.0 || flows.iter().any(|&(time, _)| time < 0.0) {
            return None;
        }
        let lowest = -1.0 / longest;
        let mut rate: f64 = 0.0;
        for _ in 0..100 {
            let RatePrice { price, slope, .. } = money_market(flows, rate)?;
            if slope >= 0.0 {
                return None;
            }
            let next = rate - ln(price / dirty) * price / slope;
            let next = if next > lowest { next } else { 0.5 * (rate + lowest) };
            let step = next - rate;
            rate = next;
            // What is left below this is the rounding of so many factors.
            let rounding = f64::EPSILON * (4.0 + flows.len() as f64);
            if step.abs() <= rounding * rate.abs().max(-price / slope) {
                return Some(rate);
            }
        }
        None
    }
}

/// Amounts added up, as they are and each times its time.
fn sums(flows: &[(f64, f64)]) -> (f64, f64) {
    flows.iter().fold((0.0, 0.0), |(due, reinvested), &(time, amount)| {
        (due + amount, reinvested + time * amount)
    })
}

fn money_market(flows: &[(f64, f64)], rate: f64) -> Option<RatePrice> {
    let mut sum = RatePrice { price: 0.0, slope: 0.0, bend: 0.0 };
    let (mut factor, mut falls, mut squares) = (1.0, 0.0, 0.0);
    for &(time, amount) in flows {
        let growth = 1.0 + rate * time;
        if growth <= 0.0 {
            return None;
        }
        let fall = time / growth;
        factor /= growth;
        falls += fall;
        squares += fall * fall;
        sum.price += amount * factor;
        sum.slope -= amount * factor * falls;
        sum.bend += amount * factor * (falls * falls + squares);
    }
    Some(sum)
}

/// One amount after several spans of simple interest.
fn product(due: f64, times: &[f64], rate: f64) -> Option<RatePrice> {
    let flows: Vec<(f64, f64)> = times
        .iter()
        .enumerate()
        .map(|(i, &time)| (time, if i + 1 == times.len() { due } else { 0.0 }))
        .collect();
    money_market(&flows, rate)
}
