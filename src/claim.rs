//! From a bond on a settlement date to what its price is made of: the flows, timed as the yield convention counts them.

use crate::annuity::Annuity;
use crate::bond::Bond;
use crate::cashflow::payments;
use crate::convention::{Clock, Compounding, Convention, LastClock, Method, Quote, Rate};
use crate::date::Date;
use crate::error::Result;
use crate::frequency::Frequency;
use crate::position::Position;
use crate::yields::{Claim, Measures, RateClaim, Rule, Stream};

/// How a bond on a settlement date is priced. Per unit of redemption, or per 100 face where a rate is quoted.
#[derive(Debug, Clone)]
pub enum Pricing {
    Yield(Claim),
    /// A rate, and the compounded yield beside it for what only discounted flows have.
    Rate(RateClaim, Claim),
}

impl Pricing {
    #[inline(always)]
    pub fn new(bond: &Bond, settlement: Date, position: &Position, accrued: f64) -> Result<Pricing> {
        let closed_form = match bond.convention {
            Convention::Street | Convention::Compounded | Convention::UsTreasury => {
                bond.steps.is_empty() && position.last == 1.0 && position.coupons != Position::FOREVER
            }
            _ => false,
        };
        if closed_form { Ok(Pricing::Yield(level(bond, position))) } else { Resolution { bond, settlement, position }.pricing(accrued) }
    }

    /// Dirty price per 100 face.
    pub fn price(&self, bond: &Bond, ytm: f64) -> Option<f64> {
        match self {
            Pricing::Yield(claim) => claim.price(ytm).map(|price| price * bond.redemption),
            Pricing::Rate(rate, _) => rate.price(ytm),
        }
    }

    #[inline(always)]
    pub fn measures(&self, bond: &Bond, dirty: f64) -> Option<Measures> {
        match self {
            Pricing::Yield(claim) => claim.measures(dirty / bond.redemption),
            Pricing::Rate(rate, claim) => rate.measures(dirty, claim.measures(dirty / bond.redemption)?.macaulay_duration),
        }
    }

    /// Discount factor of the payment after `earlier` others, where there is such a thing.
    pub fn discount_factor(&self, ytm: f64, earlier: usize) -> Option<f64> {
        match self {
            Pricing::Yield(claim) => claim.discount_factor(ytm, claim.stream.time(earlier)),
            Pricing::Rate(rate, _) => rate.discount_factor(ytm, earlier),
        }
    }

    /// Time to the payment after `earlier` others, in years.
    pub fn years(&self, earlier: usize) -> f64 {
        let (Pricing::Yield(claim) | Pricing::Rate(_, claim)) = self;
        (claim.whole + claim.fraction + claim.stream.time(earlier)) / claim.per_year
    }
}

/// Level coupons on the bond's own periods, under the three conventions that need nothing else.
#[inline(always)]
fn level(bond: &Bond, position: &Position) -> Claim {
    let per_year = bond.frequency.per_year();
    let coupon = bond.coupon / per_year * (100.0 / bond.redemption);
    let rule = match bond.convention {
        Convention::Street if position.coupons == 1 => Rule::Simple,
        Convention::UsTreasury if position.coupons == 1 && position.whole == 0 => Rule::Simple,
        Convention::UsTreasury => Rule::SimpleStub,
        _ => Rule::Compounded,
    };
    Claim {
        stream: Stream::Level(Annuity { coupons: f64::from(position.coupons), coupon, first: position.next * coupon }),
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
            Quote::Yield(method) => Ok(Pricing::Yield(self.claim(method)?)),
            Quote::Rate(Rate::BondEquivalent) if self.position.coupons > 1 => {
                Ok(Pricing::Yield(self.claim(Method { compounding: Compounding::Semiannual, ..Method::PERIODS })?))
            }
            Quote::Rate(rate) => Ok(Pricing::Rate(self.rate(rate, accrued)?, self.claim(Method::PERIODS)?)),
        }
    }

    fn claim(&self, method: Method) -> Result<Claim> {
        let Position { coupons, whole, fraction, .. } = *self.position;
        let per_year = self.bond.frequency.per_year();
        let claim = |stream, whole: f64, fraction, rule| Claim { stream, whole, fraction, per_year, rule, compounding: method.compounding };
        let rule = if method.simple_stub { Rule::SimpleStub } else { Rule::Compounded };
        if coupons == 1 {
            let time = self.times(method.clock)?.first().copied().unwrap_or_default();
            let simple = match method.simple_last {
                Some(LastClock::Same) => Some(time),
                Some(clock) => Some(self.last_time(clock)),
                None if method.simple_stub && whole == 0 => Some(time),
                None => None,
            };
            let flow = Stream::Listed(vec![(0.0, self.amounts().iter().sum())]);
            return Ok(match simple {
                Some(time) => claim(flow, 0.0, time, Rule::Simple),
                None => claim(flow, f64::from(whole), time - f64::from(whole), rule),
            });
        }
        let whole = f64::from(whole);
        let bond = self.bond;
        let coupon = bond.coupon_amount(bond.rate_from(self.settlement)) / bond.redemption;
        let first = self.position.next * coupon;
        if coupons == Position::FOREVER {
            let fraction = if method.clock == Clock::DaysToNext { self.days_to_next() } else { fraction };
            return Ok(claim(Stream::Perpetual { first, coupon }, whole, fraction, rule));
        }
        let level = self.position.last == 1.0 && bond.steps.last().is_none_or(|step| step.from <= self.settlement);
        match method.clock {
            Clock::Periods if level => {
                let annuity = Annuity { coupons: f64::from(coupons), coupon, first };
                Ok(claim(Stream::Level(annuity), whole, fraction, rule))
            }
            clock => {
                let times = self.times(clock)?;
                let next = times.first().copied().unwrap_or_default();
                let flows = times.iter().zip(self.amounts()).map(|(time, amount)| (time - next, amount)).collect();
                Ok(claim(Stream::Listed(flows), whole, next - whole, rule))
            }
        }
    }

    /// What each payment is, per unit of redemption.
    fn amounts(&self) -> Vec<f64> {
        let payments = payments(self.bond, self.settlement, self.position);
        payments.map(|payment| (payment.coupon + payment.principal) / self.bond.redemption).collect()
    }

    /// When each payment is, in coupon periods from settlement.
    fn times(&self, clock: Clock) -> Result<Vec<f64>> {
        let Resolution { bond, settlement, position } = *self;
        let grid = bond.grid();
        let per_year = bond.frequency.per_year();
        let next = position.time_to_next();
        let in_periods = |j: i32| {
            let beyond = if j > 0 && j == position.coupons - 1 { f64::from(j - 1) + position.last } else { f64::from(j) };
            next + beyond
        };
        let dates = (0..position.coupons).map(|j| (j, position.payment_date(bond, &grid, j)));
        match clock {
            Clock::Periods => Ok((0..position.coupons).map(in_periods).collect()),
            Clock::DaysToNext => {
                let later = self.days_to_next() - position.fraction;
                Ok((0..position.coupons).map(|j| in_periods(j) + later).collect())
            }
            Clock::Paid => dates
                .map(|(j, date)| {
                    let paid = bond.paid_on(date)?;
                    Ok(if paid == date { in_periods(j) } else { in_periods(j) + self.delay(date, paid) })
                })
                .collect(),
            Clock::Actual365 => Ok(dates.map(|(_, date)| per_year * f64::from(date.days() - settlement.days()) / 365.0).collect()),
            Clock::Business252 => dates
                .map(|(_, date)| Ok(per_year * f64::from(bond.reference().business_calendar().business_days(settlement, date)?) / 252.0))
                .collect(),
            Clock::YearFractions if bond.frequency == Frequency::None => Ok(vec![next]),
            Clock::YearFractions => {
                let (mut time, mut before) = (0.0, settlement.civil());
                Ok(dates
                    .map(|(_, date)| {
                        let date = date.civil();
                        time += grid.shares(before, date);
                        before = date;
                        time
                    })
                    .collect())
            }
        }
    }

    /// A payment's delay as part of the coupon period that it reaches into, by actual days; negative for one that is early.
    fn delay(&self, date: Date, paid: Date) -> f64 {
        let months = self.bond.frequency.months();
        let period = date.civil().months_earlier(-months, false).date().days() - date.days();
        f64::from(paid.days() - date.days()) / f64::from(period)
    }

    /// The rest of the running period as days over the day count's year.
    fn days_to_next(&self) -> f64 {
        let grid = self.bond.grid();
        let end = grid.coupon(self.position.index + self.position.whole);
        grid.shares(self.settlement.civil(), end)
    }

    fn last_time(&self, clock: LastClock) -> f64 {
        let maturity = self.bond.maturity;
        let year = match clock {
            LastClock::CouponYear => maturity.days() - maturity.civil().months_earlier(12, false).date().days(),
            _ => 365,
        };
        self.bond.frequency.per_year() * f64::from(maturity.days() - self.settlement.days()) / f64::from(year)
    }

    fn rate(&self, rate: Rate, accrued: f64) -> Result<RateClaim> {
        let Resolution { bond, settlement, position } = *self;
        let coupon = 100.0 * bond.rate_from(settlement);
        if rate == Rate::Current {
            return Ok(RateClaim::Current { coupon, accrued });
        }
        let days = |date: Date| f64::from(date.days() - settlement.days());
        let due: f64 = self.amounts().iter().sum::<f64>() * bond.redemption;
        Ok(match rate {
            Rate::JapaneseSimple => {
                let years = bond.grid().shares(settlement.civil(), bond.maturity.civil()) / bond.frequency.per_year();
                RateClaim::JapaneseSimple { coupon, redemption: bond.redemption, years, accrued }
            }
            Rate::Discount => RateClaim::Discount { due, years: days(bond.maturity) / 360.0 },
            Rate::MoneyMarket => {
                let grid = bond.grid();
                let mut before = settlement;
                let flows = payments(bond, settlement, position).enumerate().map(|(j, payment)| {
                    let date = position.payment_date(bond, &grid, j as i32);
                    let time = f64::from(date.days() - before.days()) / 360.0;
                    before = date;
                    (time, payment.coupon + payment.principal)
                });
                RateClaim::MoneyMarket(flows.collect())
            }
            Rate::BondEquivalent | Rate::Current => {
                // The year that the bill is measured by is the one from settlement, and has 366 days where it holds a 29 February.
                let year = settlement.civil().months_earlier(-12, false).date().days() - settlement.days();
                RateClaim::Bill { due, years: days(bond.maturity) / f64::from(year) }
            }
        })
    }
}
