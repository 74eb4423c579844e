//! From a bond on a settlement date to what its price is made of: the flows, timed as the yield convention counts them.

use crate::analytics::linear_accrued;
use crate::annuity::Annuity;
use crate::bond::Bond;
use crate::calendar::Roll;
use crate::cashflow::{amounts, payments};
use crate::convention::{Accrual, Clock, Compounding, Convention, LastClock, Method, Quote, Rate};
use crate::date::Date;
use crate::daycount::{DayCount, Reference};
use crate::error::Result;
use crate::frequency::Frequency;
use crate::newton::Flow;
use crate::position::Position;
use crate::yields::{BillTerm, Claim, Listed, Measures, Perpetual, RateClaim, Rule, Stream};

/// How a bond on a settlement date is priced. Per unit of redemption, or per 100 face where a rate is quoted.
#[derive(Debug, Clone)]
pub enum Pricing {
    Level(Claim<Annuity>),
    Perpetual(Claim<Perpetual>),
    Listed(Claim<Listed>),
    /// A rate, and the compounded yield beside it for what only discounted flows have.
    Rate(RateClaim, Box<Pricing>),
    /// What is settled per 100 face beyond what the yield discounts, where the market accrues one interest for the
    /// invoice and another for the yield.
    Settled(f64, Box<Pricing>),
}

/// The same words for whichever claim it is.
macro_rules! of_claim {
    ($pricing:expr, $claim:ident => $answer:expr, $($other:pat => $of_other:expr),+) => {
        match $pricing {
            Pricing::Level($claim) => $answer,
            Pricing::Perpetual($claim) => $answer,
            Pricing::Listed($claim) => $answer,
            $($other => $of_other),+
        }
    };
}

impl Pricing {
    pub fn new(bond: &Bond, settlement: Date, position: &Position, accrued: f64) -> Result<Pricing> {
        let level = position.last == 1.0 && position.coupons != Position::FOREVER && bond.particulars.steps.is_empty();
        if level && counts_periods_alone(bond) {
            return Ok(Pricing::Level(ordinary(bond, position)));
        }
        let pricing = Resolution { bond, settlement, position }.pricing(accrued)?;
        // In the last period, of simple interest over days, the two are one.
        if bond.convention.accrual() != Accrual::Canadian || position.coupons == 1 {
            return Ok(pricing);
        }
        Ok(Pricing::Settled(accrued - linear_accrued(bond, settlement, position), Box::new(pricing)))
    }

    /// What is settled per 100 face beyond what the yield discounts.
    pub fn settled_beyond(&self) -> f64 {
        if let Pricing::Settled(beyond, _) = self { *beyond } else { 0.0 }
    }

    /// Discount factor of the payment after `earlier` others, where there is such a thing.
    pub fn discount_factor(&self, ytm: f64, earlier: usize) -> Option<f64> {
        of_claim!(self, claim => claim.discount_factor(ytm, claim.stream.time(earlier)),
            Pricing::Rate(rate, _) => rate.discount_factor(ytm, earlier),
            Pricing::Settled(_, pricing) => pricing.discount_factor(ytm, earlier))
    }

    /// Time to the payment after `earlier` others, in years.
    pub fn years(&self, earlier: usize) -> f64 {
        of_claim!(self, claim => claim.years(earlier), Pricing::Rate(_, pricing) | Pricing::Settled(_, pricing) => pricing.years(earlier))
    }
}

/// What gives prices and yields of a bond.
pub trait Price {
    /// Dirty price per 100 face.
    fn price(&self, bond: &Bond, ytm: f64) -> Option<f64>;

    fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures>;
}

impl Price for Claim<Annuity> {
    fn price(&self, bond: &Bond, ytm: f64) -> Option<f64> {
        Claim::price(self, ytm).map(|price| price * bond.redemption)
    }

    #[inline(always)]
    fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures> {
        Claim::measures(self, dirty / bond.redemption)
    }
}

impl Price for Pricing {
    fn price(&self, bond: &Bond, ytm: f64) -> Option<f64> {
        of_claim!(self, claim => claim.price(ytm).map(|price| price * bond.redemption),
            Pricing::Rate(rate, _) => rate.price(ytm),
            Pricing::Settled(beyond, pricing) => pricing.price(bond, ytm).map(|price| price + beyond))
    }

    fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures> {
        of_claim!(self, claim => claim.measures(dirty / bond.redemption), Pricing::Rate(rate, pricing) => {
            rate.measures(dirty, pricing.measures(bond, dirty)?.macaulay_duration)
        },
        Pricing::Settled(beyond, pricing) => {
            // The derivatives of what is discounted, as parts of what is settled.
            let discounted = dirty - beyond;
            let measures = pricing.measures(bond, discounted).filter(|_| discounted > 0.0)?;
            let part = discounted / dirty;
            Some(Measures { modified_duration: part * measures.modified_duration, convexity: part * measures.convexity, ..measures })
        })
    }
}

/// Whether [`ordinary`] tells all: level coupons under a convention that counts nothing but coupon periods.
#[inline(always)]
pub fn is_ordinary(bond: &Bond) -> bool {
    counts_periods_alone(bond) && bond.is_plain() && (bond.particulars.is_empty() || bond.particulars.steps.is_empty())
}

#[inline(always)]
fn counts_periods_alone(bond: &Bond) -> bool {
    matches!(bond.convention, Convention::Street | Convention::Compounded | Convention::UsTreasury)
}

/// Level coupons on the bond's own periods, under the three conventions that need nothing else.
#[inline(always)]
pub fn ordinary(bond: &Bond, position: &Position) -> Claim<Annuity> {
    let per_year = bond.frequency.per_year();
    let coupon = bond.coupon / per_year * (100.0 / bond.redemption);
    let rule = match bond.convention {
        Convention::Street if position.coupons == 1 => Rule::Simple,
        Convention::UsTreasury if position.coupons == 1 && position.whole == 0 => Rule::Simple,
        Convention::UsTreasury => Rule::SimpleStub,
        _ => Rule::Compounded,
    };
    Claim {
        stream: Annuity { coupons: f64::from(position.coupons), coupon, first: position.next * coupon },
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
    position: &'a Position,
}

impl Resolution<'_> {
    #[cold]
    fn pricing(&self, accrued: f64) -> Result<Pricing> {
        match self.bond.convention.quote() {
            Quote::Yield(method) => self.claim(method),
            Quote::Rate(Rate::BondEquivalent) if self.position.coupons > 1 => {
                self.claim(Method { compounding: Compounding::Semiannual, ..Method::PERIODS })
            }
            Quote::Rate(rate) => Ok(Pricing::Rate(self.rate(rate, accrued)?, Box::new(self.claim(Method::PERIODS)?))),
        }
    }

    fn claim(&self, method: Method) -> Result<Pricing> {
        let Resolution { bond, position, .. } = *self;
        if method.simple_year && self.is_last_year() {
            let compounded = self.claim(Method { simple_year: false, ..method })?;
            return Ok(Pricing::Rate(self.simple_to_maturity()?, Box::new(compounded)));
        }
        // Simple interest on actual days begins where the buyer gets the last coupon alone, be the one before still unpaid.
        let by_days = matches!(method.simple_last, Some(LastClock::Actual365 | LastClock::ActualYear | LastClock::Paid365));
        if position.coupons == 1 || by_days && position.coupons == 2 && position.next == 0.0 {
            return self.single_flow(method).map(Pricing::Listed);
        }
        let whole = f64::from(position.whole);
        let rule = if method.simple_stub { Rule::SimpleStub } else { Rule::Compounded };
        let coupon = bond.coupon_amount(bond.rate_from(self.settlement)) / bond.redemption;
        let first = position.next * coupon;
        if position.coupons == Position::FOREVER {
            return Ok(Pricing::Perpetual(self.timed(
                Perpetual { first, coupon },
                whole,
                self.to_next(method.clock) - whole,
                rule,
                method,
            )));
        }
        let level = position.last == 1.0 && bond.particulars.steps.last().is_none_or(|step| step.from <= self.settlement);
        let fraction = match method.clock {
            Clock::Periods => Some(position.fraction),
            Clock::ActualPeriods => Some(self.to_next(method.clock) - whole),
            _ => None,
        };
        if let Some(fraction) = fraction.filter(|_| level) {
            let annuity = Annuity { coupons: f64::from(position.coupons), coupon, first };
            return Ok(Pricing::Level(self.timed(annuity, whole, fraction, rule, method)));
        }
        let mut flows = self.flows(method.clock)?;
        let next = flows.first().map_or(0.0, |&(time, _)| time);
        flows.iter_mut().for_each(|(time, _)| *time -= next);
        Ok(Pricing::Listed(self.timed(Listed(flows), whole, next - whole, rule, method)))
    }

    /// The last payment, where many conventions turn to simple interest.
    fn single_flow(&self, method: Method) -> Result<Claim<Listed>> {
        let (time, amount) = self.flows(method.clock)?.last().copied().unwrap_or_default();
        let flow = Listed(vec![(0.0, amount)]);
        // Without coupons, a single flow is no last period yet while it is more than a year away; the street and those
        // who follow it are simple all the same (MSRB rule G-33, Excel's PRICEMAT).
        let compounds = method.compounding == Compounding::Annual || method.simple_last == Some(LastClock::CouponYear);
        let simple = match method.simple_last {
            Some(_) if self.bond.frequency == Frequency::None && compounds && time > 1.0 => None,
            Some(LastClock::Same) => Some(time),
            Some(clock) => Some(self.last_time(clock)?),
            None if method.simple_stub && self.position.whole == 0 => Some(time),
            None => None,
        };
        let (whole, rule) = (f64::from(self.position.whole), if method.simple_stub { Rule::SimpleStub } else { Rule::Compounded });
        Ok(match simple {
            Some(time) => self.timed(flow, 0.0, time, Rule::Simple, method),
            None => self.timed(flow, whole, time - whole, rule, method),
        })
    }

    fn timed<S>(&self, stream: S, whole: f64, fraction: f64, rule: Rule, method: Method) -> Claim<S> {
        Claim { stream, whole, fraction, per_year: self.bond.frequency.per_year(), rule, compounding: method.compounding }
    }

    /// When each payment is, in coupon periods from settlement, and what it is, per unit of redemption.
    fn flows(&self, clock: Clock) -> Result<Vec<Flow>> {
        let Resolution { bond, settlement, position } = *self;
        let (grid, per_year, reference) = (bond.grid(), bond.frequency.per_year(), bond.reference());
        let next = self.to_next(clock);
        let mut flows: Vec<Flow> = amounts(bond, grid, settlement, position)
            .enumerate()
            .map(|(j, (coupon, principal))| (next + j as f64, (coupon + principal) / bond.redemption))
            .collect();
        if let [.., _, (time, _)] = flows.as_mut_slice() {
            *time = next + (f64::from(position.coupons - 2) + position.last);
        }
        let dated = (0..).zip(&mut flows).map(|(j, (time, _))| (position.payment_date(bond, &grid, j), time));
        match clock {
            Clock::Periods | Clock::ActualPeriods | Clock::DaysToNext => {}
            Clock::Paid => {
                let paid_on = self.business_days();
                let (mut start, last) = (grid.coupon(position.index).date(), position.index - position.coupons);
                for (number, (time, _)) in (last..position.index).rev().zip(&mut flows) {
                    // A delay is a part of the coupon period that it reaches into, by actual days; an early payment's is negative.
                    let end = grid.coupon(number).date();
                    let due = if number == last { bond.maturity } else { start };
                    *time += f64::from(paid_on(due)?.days() - due.days()) / f64::from(end.days() - start.days());
                    start = end;
                }
            }
            Clock::Actual365 => dated.for_each(|(date, time)| *time = per_year * f64::from(date.days() - settlement.days()) / 365.0),
            Clock::Business252 => {
                for (date, time) in dated {
                    *time = per_year * f64::from(reference.business_calendar().business_days(settlement, date)?) / 252.0;
                }
            }
            Clock::YearFractions if bond.frequency == Frequency::None => {}
            Clock::YearFractions => {
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
    fn to_next(&self, clock: Clock) -> f64 {
        let Resolution { bond, settlement, position } = *self;
        let grid = bond.grid();
        match clock {
            Clock::DaysToNext => grid.shares(settlement.civil(), position.payment_date(bond, &grid, 0).civil()),
            Clock::ActualPeriods if bond.frequency != Frequency::None => {
                let [start, end] = [1, 0].map(|before| grid.coupon(position.index + position.whole + before).date().days());
                f64::from(position.whole) + f64::from(end - settlement.days()) / f64::from(end - start)
            }
            _ => position.time_to_next(),
        }
    }

    /// The day on which a payment is made, the next business day where the bond names no roll.
    fn business_days(&self) -> impl Fn(Date) -> Result<Date> {
        let roll = match self.bond.particulars.roll {
            Roll::Unadjusted => Roll::Following,
            roll => roll,
        };
        self.bond.particulars.calendar.adjuster(roll)
    }

    /// Less than a year before maturity.
    fn is_last_year(&self) -> bool {
        !self.bond.is_perpetual() && self.bond.maturity.civil().months_earlier(12, false).date() < self.settlement
    }

    /// Every payment by the time from its day to that of the redemption.
    fn simple_to_maturity(&self) -> Result<RateClaim> {
        let Resolution { bond, settlement, position } = *self;
        let paid_on = self.business_days();
        let end = paid_on(bond.maturity)?;
        let years = |from: Date| f64::from(end.days() - from.days()) / 365.0;
        let flows = payments(bond, settlement, position)
            .map(|payment| Ok((years(paid_on(payment.date)?), payment.coupon + payment.principal)))
            .collect::<Result<_>>()?;
        Ok(RateClaim::ToMaturity { flows, years: years(settlement) })
    }

    fn last_time(&self, clock: LastClock) -> Result<f64> {
        let maturity = self.bond.maturity;
        let (end, year) = match clock {
            LastClock::CouponYear => (maturity, maturity.days() - maturity.civil().months_earlier(12, false).date().days()),
            LastClock::Paid365 => (self.bond.paid_on(maturity)?, 365),
            LastClock::ActualYear if self.bond.day_count == DayCount::Act360 => (maturity, 360),
            LastClock::Same | LastClock::Actual365 | LastClock::ActualYear => (maturity, 365),
        };
        Ok(self.bond.frequency.per_year() * f64::from(end.days() - self.settlement.days()) / f64::from(year))
    }

    fn rate(&self, rate: Rate, accrued: f64) -> Result<RateClaim> {
        let Resolution { bond, settlement, position } = *self;
        let coupon = 100.0 * bond.rate_from(settlement);
        if rate == Rate::Current {
            return Ok(RateClaim::Current { coupon, accrued });
        }
        let money = |from: Date, to: Date| bond.day_count.of_money().year_fraction(from, to, &Reference::default());
        let due: f64 = amounts(bond, bond.grid(), settlement, position).map(|(coupon, principal)| coupon + principal).sum();
        Ok(match rate {
            Rate::JapaneseSimple => {
                let day_count = if self.is_last_year() { DayCount::Act365F } else { DayCount::Nl365 };
                let years = day_count.year_fraction(settlement, bond.maturity, &Reference::default())?;
                RateClaim::JapaneseSimple { coupon, redemption: bond.redemption, years, accrued }
            }
            Rate::Discount => RateClaim::Discount { due, years: money(settlement, bond.maturity)? },
            Rate::MoneyMarket => {
                let grid = bond.grid();
                let mut before = settlement;
                let flows = payments(bond, settlement, position).enumerate().map(|(j, payment)| {
                    let date = position.payment_date(bond, &grid, j as i32);
                    let time = money(before, date)?;
                    before = date;
                    Ok((time, payment.coupon + payment.principal))
                });
                RateClaim::MoneyMarket(flows.collect::<Result<_>>()?)
            }
            Rate::BondEquivalent | Rate::Current => RateClaim::Bill { due, term: BillTerm::new(settlement, bond.maturity) },
        })
    }
}
