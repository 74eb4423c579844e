//! The formula by which a resolved bond is priced at a yield: its remaining payments, timed by the
//! time measure of the yield convention, or a quoted rate.

use crate::basics::calendar::Roll;
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::Result;
use crate::basics::frequency::Frequency;
use crate::numeric::annuity::Annuity;
use crate::numeric::certain::certain;
use crate::numeric::roots::Flow;
use crate::pricing::discounted_flows::{
    CashFlows, DiscountedFlows, ExplicitFlows, Measures, Perpetual, StubDiscounting,
};
use crate::pricing::rate_formula::{BillTerm, RateFormula};
use crate::product::bond::{Bond, Coupon};
use crate::product::convention::{
    AccrualRule, Compounding, Convention, FinalPeriodTime, QuotedAs, Rate, TimeMeasure, YieldMethod,
};
use crate::resolve::accrued::linear_accrued;
use crate::resolve::cash_flow::{amounts, payments};
use crate::resolve::coupon_grid::CouponGrid;
use crate::resolve::coupon_position::CouponPosition;
use crate::resolve::resolved_bond::ResolvedBond;

/// How a bond on a settlement date is priced. Per unit of redemption, or per 100 face where a rate
/// is quoted.
#[derive(Debug, Clone)]
pub enum YieldFormula {
    Level(DiscountedFlows<Annuity>),
    Perpetual(DiscountedFlows<Perpetual>),
    Explicit(DiscountedFlows<ExplicitFlows>),
    /// A rate, and the compounded yield beside it for what only discounted flows have.
    Rate(RateFormula, Box<YieldFormula>),
    /// What is settled per 100 face beyond what the yield discounts, where the market accrues one
    /// interest for the invoice and another for the yield.
    AccruedBeyond(f64, Box<YieldFormula>),
}

/// Dispatches over the representations of discounted flows.
macro_rules! for_flows {
    ($pricing:expr, $flows:ident => $answer:expr, $($other:pat => $of_other:expr),+) => {
        match $pricing {
            YieldFormula::Level($flows) => $answer,
            YieldFormula::Perpetual($flows) => $answer,
            YieldFormula::Explicit($flows) => $answer,
            $($other => $of_other),+
        }
    };
}

impl YieldFormula {
    /// # Errors
    /// A calendar that the yield convention counts by is not known for the bond's dates.
    pub fn new(resolved: &ResolvedBond) -> Result<YieldFormula> {
        let position = &resolved.position;
        let is_level = position.last == 1.0 && position.coupons != CouponPosition::FOREVER;
        if has_closed_form(resolved.bond, is_level) {
            return Ok(YieldFormula::Level(closed_form(resolved)));
        }
        YieldFormula::general(resolved)
    }

    /// The formula of any bond, whether it has a closed form or not.
    pub(crate) fn general(resolved: &ResolvedBond) -> Result<YieldFormula> {
        let ResolvedBond { bond, settlement, position, .. } = *resolved;
        let accrued = resolved.accrued();
        let formula = Resolution { bond, settlement, position: &position }.formula(accrued)?;
        // In the last period, of simple interest over days, the two are one.
        if bond.convention.accrual() != AccrualRule::Canadian || position.coupons == 1 {
            return Ok(formula);
        }
        let beyond = accrued - linear_accrued(bond, settlement, &position);
        Ok(YieldFormula::AccruedBeyond(beyond, Box::new(formula)))
    }

    /// What is settled per 100 face beyond what the yield discounts.
    pub fn settled_beyond(&self) -> f64 {
        if let YieldFormula::AccruedBeyond(beyond, _) = self { *beyond } else { 0.0 }
    }

    /// Discount factor of the payment after `earlier` others, where there is such a thing.
    pub fn discount_factor(&self, ytm: f64, earlier: usize) -> Option<f64> {
        for_flows!(self, flows => flows.discount_factor(ytm, flows.stream.time(earlier)),
            YieldFormula::Rate(rate, _) => rate.discount_factor(ytm, earlier),
            YieldFormula::AccruedBeyond(_, pricing) => pricing.discount_factor(ytm, earlier))
    }

    /// Time to the payment after `earlier` others, in years.
    pub fn years(&self, earlier: usize) -> f64 {
        for_flows!(self, flows => flows.years(earlier), YieldFormula::Rate(_, pricing) | YieldFormula::AccruedBeyond(_, pricing) => pricing.years(earlier))
    }
}

/// What gives prices and yields of a bond.
pub trait PriceFormula {
    /// Dirty price per 100 face.
    fn price(&self, bond: &Bond, ytm: f64) -> Option<f64>;

    fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures>;
}

impl PriceFormula for DiscountedFlows<Annuity> {
    fn price(&self, bond: &Bond, ytm: f64) -> Option<f64> {
        DiscountedFlows::price(self, ytm).map(|price| price * bond.redemption)
    }

    #[inline(always)]
    fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures> {
        DiscountedFlows::measures(self, dirty / bond.redemption)
    }
}

impl PriceFormula for YieldFormula {
    fn price(&self, bond: &Bond, ytm: f64) -> Option<f64> {
        for_flows!(self, flows => flows.price(ytm).map(|price| price * bond.redemption),
            YieldFormula::Rate(rate, _) => rate.price(ytm),
            YieldFormula::AccruedBeyond(beyond, pricing) => pricing.price(bond, ytm).map(|price| price + beyond))
    }

    fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures> {
        for_flows!(self, flows => flows.measures(dirty / bond.redemption), YieldFormula::Rate(rate, pricing) => {
            rate.measures(dirty, pricing.measures(bond, dirty)?.macaulay_duration)
        },
        YieldFormula::AccruedBeyond(beyond, pricing) => {
            // The derivatives of what is discounted, as parts of what is settled.
            let discounted = dirty - beyond;
            let measures = pricing.measures(bond, discounted).filter(|_| discounted > 0.0)?;
            let part = discounted / dirty;
            Some(Measures { modified_duration: part * measures.modified_duration, convexity: part * measures.convexity, ..measures })
        })
    }
}

/// True if the closed form of level coupons tells all of a bond, whose remaining coupons are level
/// or not: it has no coupon steps, and one of the three conventions that count nothing but coupon
/// periods. The only test for the closed form.
#[inline(always)]
pub fn has_closed_form(bond: &Bond, is_level: bool) -> bool {
    let counts_periods = matches!(
        bond.convention,
        Convention::Street | Convention::Compounded | Convention::UsTreasury
    );
    counts_periods && is_level && matches!(bond.interest(), Coupon::Fixed { .. })
}

/// The closed form: level coupons on the bond's own periods up to maturity.
#[inline(always)]
pub fn closed_form(resolved: &ResolvedBond) -> DiscountedFlows<Annuity> {
    let ResolvedBond { bond, position, .. } = resolved;
    let per_year = bond.frequency.per_year();
    let coupon = bond.coupon / per_year * (100.0 / bond.redemption);
    let rule = match bond.convention {
        Convention::Street if position.coupons == 1 => StubDiscounting::Simple,
        Convention::UsTreasury if position.coupons == 1 && position.whole == 0 => {
            StubDiscounting::Simple
        }
        Convention::UsTreasury => StubDiscounting::SimpleStub,
        _ => StubDiscounting::Compounded,
    };
    DiscountedFlows {
        stream: Annuity {
            coupons: f64::from(position.coupons),
            coupon,
            first: position.next * coupon,
        },
        whole: f64::from(position.whole),
        fraction: position.fraction,
        per_year,
        rule,
        compounding: Compounding::AtCoupons,
    }
}

/// A settlement date in the life of a bond.
struct Resolution<'a> {
    bond: &'a Bond,
    settlement: Date,
    position: &'a CouponPosition,
}

impl Resolution<'_> {
    #[cold]
    fn formula(&self, accrued: f64) -> Result<YieldFormula> {
        match self.bond.convention.quoted_as() {
            QuotedAs::Yield(method) => self.discounted(method),
            QuotedAs::Rate(Rate::BondEquivalent) if self.position.coupons > 1 => {
                self.discounted(YieldMethod {
                    compounding: Compounding::Semiannual,
                    ..YieldMethod::PERIODS
                })
            }
            QuotedAs::Rate(rate) => Ok(YieldFormula::Rate(
                self.rate(rate, accrued)?,
                Box::new(self.discounted(YieldMethod::PERIODS)?),
            )),
        }
    }

    fn discounted(&self, method: YieldMethod) -> Result<YieldFormula> {
        let Resolution { bond, position, .. } = *self;
        if method.simple_year && self.is_last_year() {
            let compounded = self.discounted(YieldMethod { simple_year: false, ..method })?;
            return Ok(YieldFormula::Rate(self.simple_to_maturity()?, Box::new(compounded)));
        }
        // Simple interest on actual days begins where the buyer gets the last coupon alone, be the
        // one before still unpaid.
        let by_days = matches!(
            method.simple_last,
            Some(
                FinalPeriodTime::Actual365 | FinalPeriodTime::ActualYear | FinalPeriodTime::Paid365
            )
        );
        if position.coupons == 1 || by_days && position.coupons == 2 && position.next == 0.0 {
            return self.single_flow(method).map(YieldFormula::Explicit);
        }
        let whole = f64::from(position.whole);
        let rule = if method.simple_stub {
            StubDiscounting::SimpleStub
        } else {
            StubDiscounting::Compounded
        };
        let coupon = bond.coupon_amount(bond.rate_from(self.settlement)) / bond.redemption;
        let first = position.next * coupon;
        if position.coupons == CouponPosition::FOREVER {
            return Ok(YieldFormula::Perpetual(self.timed(
                Perpetual { first, coupon },
                whole,
                self.to_next(method.time_measure) - whole,
                rule,
                method,
            )));
        }
        let level = position.last == 1.0
            && bond.optional.steps.last().is_none_or(|step| step.from <= self.settlement);
        let fraction = match method.time_measure {
            TimeMeasure::Periods => Some(position.fraction),
            TimeMeasure::ActualPeriods => Some(self.to_next(method.time_measure) - whole),
            _ => None,
        };
        if let Some(fraction) = fraction.filter(|_| level) {
            let annuity = Annuity { coupons: f64::from(position.coupons), coupon, first };
            return Ok(YieldFormula::Level(self.timed(annuity, whole, fraction, rule, method)));
        }
        let mut flows = self.flows(method.time_measure)?;
        let next = flows.first().map_or(0.0, |&(time, _)| time);
        flows.iter_mut().for_each(|(time, _)| *time -= next);
        Ok(YieldFormula::Explicit(self.timed(
            ExplicitFlows(flows),
            whole,
            next - whole,
            rule,
            method,
        )))
    }

    /// The last payment, where many conventions turn to simple interest.
    fn single_flow(&self, method: YieldMethod) -> Result<DiscountedFlows<ExplicitFlows>> {
        let (time, amount) =
            certain(self.flows(method.time_measure)?.last().copied(), "the last payment");
        let flow = ExplicitFlows(vec![(0.0, amount)]);
        // Without coupons, a single flow is no last period yet while it is more than a year away;
        // the street and those who follow it are simple all the same (MSRB rule G-33, Excel's
        // PRICEMAT).
        let compounds = method.compounding == Compounding::Annual
            || method.simple_last == Some(FinalPeriodTime::CouponYear);
        let simple = match method.simple_last {
            Some(_) if self.bond.frequency == Frequency::None && compounds && time > 1.0 => None,
            Some(FinalPeriodTime::Same) => Some(time),
            Some(time) => Some(self.last_time(time)?),
            None if method.simple_stub && self.position.whole == 0 => Some(time),
            None => None,
        };
        let (whole, rule) = (
            f64::from(self.position.whole),
            if method.simple_stub {
                StubDiscounting::SimpleStub
            } else {
                StubDiscounting::Compounded
            },
        );
        Ok(match simple {
            Some(time) => self.timed(flow, 0.0, time, StubDiscounting::Simple, method),
            None => self.timed(flow, whole, time - whole, rule, method),
        })
    }

    fn timed<S>(
        &self,
        stream: S,
        whole: f64,
        fraction: f64,
        rule: StubDiscounting,
        method: YieldMethod,
    ) -> DiscountedFlows<S> {
        DiscountedFlows {
            stream,
            whole,
            fraction,
            per_year: self.bond.frequency.per_year(),
            rule,
            compounding: method.compounding,
        }
    }

    /// When each payment is, in coupon periods from settlement, and what it is, per unit of
    /// redemption.
    fn flows(&self, time: TimeMeasure) -> Result<Vec<Flow>> {
        let Resolution { bond, settlement, position } = *self;
        let (grid, per_year, reference) =
            (CouponGrid::new(bond), bond.frequency.per_year(), bond.reference());
        let next = self.to_next(time);
        let mut flows: Vec<Flow> = amounts(bond, grid, settlement, position)
            .enumerate()
            .map(|(j, (coupon, principal))| {
                (next + j as f64, (coupon + principal) / bond.redemption)
            })
            .collect();
        if let [.., _, (time, _)] = flows.as_mut_slice() {
            *time = next + (f64::from(position.coupons - 2) + position.last);
        }
        let dated = (0..)
            .zip(&mut flows)
            .map(|(j, (time, _))| (position.payment_date(bond, &grid, j), time));
        match time {
            TimeMeasure::Periods | TimeMeasure::ActualPeriods | TimeMeasure::DaysToNext => {}
            TimeMeasure::Paid => {
                let paid_on = self.business_days();
                let (mut start, last) =
                    (grid.before(position.index).date(), position.index - position.coupons);
                for (number, (time, _)) in (last..position.index).rev().zip(&mut flows) {
                    // A delay is a part of the coupon period that it reaches into, by actual days;
                    // an early payment's is negative.
                    let end = grid.before(number).date();
                    let due = if number == last { bond.maturity } else { start };
                    *time += f64::from(paid_on(due)?.days() - due.days())
                        / f64::from(end.days() - start.days());
                    start = end;
                }
            }
            TimeMeasure::Actual365 => dated.for_each(|(date, time)| {
                *time = per_year * f64::from(date.days() - settlement.days()) / 365.0
            }),
            TimeMeasure::Business252 => {
                for (date, time) in dated {
                    *time = per_year
                        * f64::from(reference.business_calendar().business_days(settlement, date)?)
                        / 252.0;
                }
            }
            TimeMeasure::YearFractions if bond.frequency == Frequency::None => {}
            TimeMeasure::YearFractions => {
                let (mut years, mut before) = (0.0, settlement.civil());
                for (date, time) in dated {
                    let date = date.civil();
                    years += grid.shares(before, date);
                    before = date;
                    *time = years;
                }
            }
        }
        Ok(flows)
    }

    /// Coupon periods to the next payment.
    fn to_next(&self, time: TimeMeasure) -> f64 {
        let Resolution { bond, settlement, position } = *self;
        let grid = CouponGrid::new(bond);
        match time {
            TimeMeasure::DaysToNext => {
                grid.shares(settlement.civil(), position.payment_date(bond, &grid, 0).civil())
            }
            TimeMeasure::ActualPeriods if bond.frequency != Frequency::None => {
                let [start, end] = [1, 0].map(|before| {
                    grid.before(position.index + position.whole + before).date().days()
                });
                f64::from(position.whole)
                    + f64::from(end - settlement.days()) / f64::from(end - start)
            }
            _ => position.time_to_next(),
        }
    }

    /// The day on which a payment is made, the next business day where the bond names no roll.
    fn business_days(&self) -> impl Fn(Date) -> Result<Date> {
        let roll = match self.bond.optional.roll {
            Roll::Unadjusted => Roll::Following,
            roll => roll,
        };
        self.bond.optional.calendar.adjuster(roll)
    }

    /// Less than a year before maturity.
    fn is_last_year(&self) -> bool {
        !self.bond.is_perpetual()
            && self.bond.maturity.civil().months_earlier(12, false).date() < self.settlement
    }

    /// Every payment by the time from its day to that of the redemption.
    fn simple_to_maturity(&self) -> Result<RateFormula> {
        let Resolution { bond, settlement, position } = *self;
        let paid_on = self.business_days();
        let end = paid_on(bond.maturity)?;
        let years = |from: Date| f64::from(end.days() - from.days()) / 365.0;
        let flows = payments(bond, settlement, position)
            .map(|payment| Ok((years(paid_on(payment.date)?), payment.coupon + payment.principal)))
            .collect::<Result<_>>()?;
        Ok(RateFormula::ToMaturity { flows, years: years(settlement) })
    }

    fn last_time(&self, time: FinalPeriodTime) -> Result<f64> {
        let maturity = self.bond.maturity;
        let (end, year) = match time {
            FinalPeriodTime::CouponYear => (
                maturity,
                maturity.days() - maturity.civil().months_earlier(12, false).date().days(),
            ),
            FinalPeriodTime::Paid365 => (self.bond.paid_on(maturity)?, 365),
            FinalPeriodTime::ActualYear if self.bond.day_count == DayCount::Act360 => {
                (maturity, 360)
            }
            FinalPeriodTime::Same | FinalPeriodTime::Actual365 | FinalPeriodTime::ActualYear => {
                (maturity, 365)
            }
        };
        Ok(self.bond.frequency.per_year() * f64::from(end.days() - self.settlement.days())
            / f64::from(year))
    }

    fn rate(&self, rate: Rate, accrued: f64) -> Result<RateFormula> {
        let Resolution { bond, settlement, position } = *self;
        let coupon = 100.0 * bond.rate_from(settlement);
        if rate == Rate::Current {
            return Ok(RateFormula::Current { coupon, accrued });
        }
        let money = |from: Date, to: Date| {
            bond.day_count.of_money().year_fraction(from, to, &Reference::default())
        };
        let due: f64 = amounts(bond, CouponGrid::new(bond), settlement, position)
            .map(|(coupon, principal)| coupon + principal)
            .sum();
        Ok(match rate {
            Rate::JapaneseSimple => {
                let day_count =
                    if self.is_last_year() { DayCount::Act365F } else { DayCount::Nl365 };
                let years =
                    day_count.year_fraction(settlement, bond.maturity, &Reference::default())?;
                RateFormula::JapaneseSimple { coupon, redemption: bond.redemption, years, accrued }
            }
            Rate::Discount => {
                RateFormula::Discount { due, years: money(settlement, bond.maturity)? }
            }
            Rate::MoneyMarket => {
                let grid = CouponGrid::new(bond);
                let mut before = settlement;
                let flows = payments(bond, settlement, position).enumerate().map(|(j, payment)| {
                    let date = position.payment_date(bond, &grid, j as i32);
                    let time = money(before, date)?;
                    before = date;
                    Ok((time, payment.coupon + payment.principal))
                });
                RateFormula::MoneyMarket(flows.collect::<Result<_>>()?)
            }
            Rate::BondEquivalent | Rate::Current => {
                RateFormula::Bill { due, term: BillTerm::new(settlement, bond.maturity) }
            }
        })
    }
}
