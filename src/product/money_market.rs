//! How money markets count: when an instrument starts, what moves its days, and how its interest
//! accrues. A market is data.

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;
use crate::basics::frequency::Frequency;
use crate::basics::maturity::Maturity;
use crate::basics::schedule::{Period, ScheduleTerms};
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::product::swap::Leg;

#[derive(Debug, Clone)]
pub struct MoneyMarketConventions {
    pub calendar: Calendar,
    pub roll: Roll,
    /// Whether months from the last business day of one lead to that of another.
    pub end_of_month: bool,
    /// Business days from the curve's date to the start.
    pub spot_lag: i32,
    /// Of deposits, FRAs and futures.
    pub day_count: DayCount,
    pub fixed: Leg,
    /// What it pays is growth on the curve, so that its day count is of no account.
    pub floating: Leg,
    /// Business days from the end of a period of a swap to its payment.
    pub payment_lag: u8,
    pub future: FutureAccrual,
}

/// How many contracts of a future an exchange lists at a time, each named by the month in which its
/// rate begins: of the quarterly months March, June, September and December, and of the others,
/// which are called serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedContracts {
    pub quarters: u8,
    pub serials: u8,
}

/// What a quarterly future's rate accrues for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FutureAccrual {
    /// As deposits at a term rate do.
    ThreeMonths,
    /// Up to the third Wednesday three months later, as overnight rates compounded between such
    /// days do.
    ToImm,
}

impl FutureAccrual {
    pub fn name(self) -> &'static str {
        match self {
            FutureAccrual::ThreeMonths => "3M",
            FutureAccrual::ToImm => "IMM",
        }
    }
}

/// What instruments of a market have in common.
#[derive(Debug, Clone, Copy)]
pub struct MoneyMarketRules {
    pub calendar: &'static str,
    pub roll: Roll,
    pub spot_lag: i32,
    /// Here and below, the curve's own where there is none.
    pub day_count: Option<DayCount>,
    pub fixed_frequency: Frequency,
    pub fixed_day_count: Option<DayCount>,
    pub floating_frequency: Frequency,
    pub payment_lag: u8,
    pub future: FutureAccrual,
    pub listed: ListedContracts,
    pub source: &'static str,
}

const OWN: Option<DayCount> = None;
const ACT_360: Option<DayCount> = Some(DayCount::Act360);
const ACT_365: Option<DayCount> = Some(DayCount::Act365F);
const THIRTY: Option<DayCount> = Some(DayCount::Thirty360BondBasis);

macro_rules! money_markets {
    ($($value:ident $name:literal {
        aliases: $aliases:tt,
        meaning: $meaning:literal,
        starts: $calendar:literal $roll:ident $spot_lag:literal $day_count:ident,
        swaps: $fixed:ident $fixed_day_count:ident $floating:ident $payment_lag:literal,
        futures: $future:ident $quarters:literal $serials:literal,
        source: $source:literal,
    })*) => {
        /// The discriminant is its code in an aggregate's state.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum MoneyMarket { $($value),* }

        impl Vocabulary for MoneyMarket {
            const WHAT: &'static str = "conventions";
            const WORDS: &'static [Word<MoneyMarket>] =
                &[$(Word { value: MoneyMarket::$value, name: $name, aliases: &$aliases, meaning: $meaning }),*];
        }

        impl MoneyMarket {
            pub fn practice(self) -> MoneyMarketRules {
                match self {
                    $(MoneyMarket::$value => MoneyMarketRules {
                        calendar: $calendar, roll: Roll::$roll, spot_lag: $spot_lag, day_count: $day_count,
                        fixed_frequency: Frequency::$fixed, fixed_day_count: $fixed_day_count, floating_frequency: Frequency::$floating,
                        payment_lag: $payment_lag, future: FutureAccrual::$future, listed: ListedContracts { quarters: $quarters, serials: $serials },
                        source: $source,
                    }),*
                }
            }
        }
    };
}

// New ones at the end: the place is the code.
money_markets! {
    Plain "plain" {
        aliases: ["default", "none", "annual"],
        meaning: "no calendar: interest from the curve's date on, swaps pay yearly",
        starts: "weekends" Unadjusted 0 OWN,
        swaps: Annual OWN Annual 0,
        futures: ThreeMonths 40 80,
        source: "none; futures of every month for ten years",
    }
    UsdSofr "usd_sofr" {
        aliases: ["SOFR", "USD OIS"],
        meaning: "dollars at SOFR",
        starts: "SOFR" ModifiedFollowing 2 ACT_360,
        swaps: Annual ACT_360 Annual 2,
        futures: ToImm 39 6,
        source: "CME Group and LCH, cleared SOFR swaps; New York Fed, SOFR (none on Good Friday); \
            CME Rulebook, chapter 460, Three-Month SOFR futures",
    }
    UsdLibor "usd_libor" {
        aliases: ["USD LIBOR 3M", "LIBOR"],
        meaning: "dollars at three-month LIBOR, as it was until 2023",
        starts: "US+UK" ModifiedFollowing 2 ACT_360,
        swaps: Semiannual THIRTY Quarterly 0,
        futures: ThreeMonths 40 4,
        source: "ICE Benchmark Administration, LIBOR; ISDA, ISDAFIX USD; CME Rulebook, chapter 452, \
            Eurodollar futures",
    }
    EurEstr "eur_estr" {
        aliases: ["ESTR", "ESTER", "EUR OIS"],
        meaning: "euros at the euro short-term rate",
        starts: "TARGET" ModifiedFollowing 2 ACT_360,
        swaps: Annual ACT_360 Annual 1,
        futures: ToImm 25 6,
        source: "LCH, cleared ESTR swaps; ICE, Three Month ESTR Index futures",
    }
    EurEuribor "eur_euribor" {
        aliases: ["Euribor", "Euribor 6M", "EUR EURIBOR 6M"],
        meaning: "euros at six-month Euribor",
        starts: "TARGET" ModifiedFollowing 2 ACT_360,
        swaps: Annual THIRTY Semiannual 0,
        futures: ThreeMonths 24 4,
        source: "EMMI, Euribor; ICE Swap Rate EUR; ICE, Three-Month Euribor futures",
    }
    EurEuribor3M "eur_euribor_3m" {
        aliases: ["Euribor 3M"],
        meaning: "euros at three-month Euribor",
        starts: "TARGET" ModifiedFollowing 2 ACT_360,
        swaps: Annual THIRTY Quarterly 0,
        futures: ThreeMonths 24 4,
        source: "EMMI, Euribor; ICE Swap Rate EUR; ICE, Three-Month Euribor futures",
    }
    GbpSonia "gbp_sonia" {
        aliases: ["SONIA", "GBP OIS"],
        meaning: "sterling at SONIA",
        starts: "UK" ModifiedFollowing 0 ACT_365,
        swaps: Annual ACT_365 Annual 0,
        futures: ToImm 24 0,
        source: "Bank of England, SONIA; LCH, cleared SONIA swaps; ICE, Three Month SONIA Index \
            futures",
    }
    JpyTona "jpy_tona" {
        aliases: ["TONA", "TONAR", "JPY OIS"],
        meaning: "yen at TONA",
        starts: "JP" ModifiedFollowing 2 ACT_365,
        swaps: Annual ACT_365 Annual 2,
        futures: ToImm 20 0,
        source: "Bank of Japan, TONA; JSCC and LCH, cleared TONA swaps; OSE, 3-Month TONA futures",
    }
    ChfSaron "chf_saron" {
        aliases: ["SARON", "CHF OIS"],
        meaning: "Swiss francs at SARON",
        starts: "CH" ModifiedFollowing 2 ACT_360,
        swaps: Annual ACT_360 Annual 2,
        futures: ToImm 16 0,
        source: "SIX, SARON; LCH, cleared SARON swaps; ICE, Three Month SARON Index futures",
    }
}

impl MoneyMarket {
    /// The contracts of its future that are listed on a day, quarterly ones first, by the months
    /// that name them: those of a term rate until the day on which it begins, those of an overnight
    /// rate until it ends.
    pub fn listed(self, as_of: Date) -> impl Iterator<Item = i32> {
        let MoneyMarketRules { future, listed: ListedContracts { quarters, serials }, .. } =
            self.practice();
        let is_traded = move |months: i32| match future {
            FutureAccrual::ThreeMonths => third_wednesday(months) >= as_of,
            FutureAccrual::ToImm => third_wednesday(months + 3) > as_of,
        };
        let now = as_of.civil().months;
        let cycle = move |quarterly: bool, count: u8| {
            let months = (now - 3..now + 200).filter(move |months| (months % 3 == 2) == quarterly);
            months.filter(move |&months| is_traded(months)).take(count.into())
        };
        cycle(true, quarters).chain(cycle(false, serials))
    }

    /// On a curve that counts time by a day count.
    pub fn conventions(self, own: DayCount) -> Result<MoneyMarketConventions> {
        let practice = self.practice();
        let day_count = practice.day_count.unwrap_or(own);
        Ok(MoneyMarketConventions {
            calendar: practice.calendar.parse()?,
            roll: practice.roll,
            end_of_month: practice.roll != Roll::Unadjusted,
            spot_lag: practice.spot_lag,
            day_count,
            fixed: Leg {
                frequency: practice.fixed_frequency,
                day_count: practice.fixed_day_count.unwrap_or(own),
            },
            floating: Leg { frequency: practice.floating_frequency, day_count },
            payment_lag: practice.payment_lag,
            future: practice.future,
        })
    }
}

/// The third Wednesday of a month, the day of the quarterly futures (CME Group, International
/// Monetary Market dates).
pub fn third_wednesday(months: i32) -> Date {
    let fifteenth = Civil { months, day: 15 }.date().days();
    // Day 0, 2000-01-01, was a Saturday.
    Date::from_days(fifteenth + (4 - fifteenth).rem_euclid(7)).unwrap_or(Date::MAX)
}

impl MoneyMarketConventions {
    pub(crate) fn spot(&self, as_of: Date) -> Result<Date> {
        if self.spot_lag == 0 && self.roll == Roll::Unadjusted {
            return Ok(as_of);
        }
        let open = self.calendar.add_business_days(as_of, 0)?;
        self.calendar.settlement_date(open, self.spot_lag)
    }

    pub fn end(&self, start: Date, maturity: Maturity) -> Result<Date> {
        let month_end = self.end_of_month && self.is_last_business_day(start)?;
        self.calendar.adjust(maturity.after(start, month_end)?, self.roll_of(maturity))
    }

    /// What lasts days or weeks may end in the next month (EMMI and ICE, as for Euribor and LIBOR).
    fn roll_of(&self, maturity: Maturity) -> Roll {
        match (maturity, self.roll) {
            (Maturity::Days(_), Roll::ModifiedFollowing) => Roll::Following,
            _ => self.roll,
        }
    }

    /// When a deposit starts and ends: overnight (a day) from today, tomorrow-next (two days) from
    /// tomorrow to the next business day, any other from the spot day.
    pub fn deposit(&self, as_of: Date, maturity: Maturity) -> Result<(Date, Date)> {
        if let (Maturity::Days(days @ 1..=2), false) = (maturity, self.roll == Roll::Unadjusted) {
            let start = self
                .calendar
                .settlement_date(self.calendar.add_business_days(as_of, 0)?, days - 1)?;
            return Ok((start, self.end(start, Maturity::Days(1))?));
        }
        let spot = self.spot(as_of)?;
        Ok((spot, self.end(spot, maturity)?))
    }

    /// The day on which the accrual of a future ends that starts on a day.
    pub fn future_end(&self, start: Date) -> Result<Date> {
        match self.future {
            FutureAccrual::ThreeMonths => self.end(start, Maturity::Months(3)),
            FutureAccrual::ToImm => Ok(third_wednesday(start.civil().months + 3)),
        }
    }

    fn is_last_business_day(&self, date: Date) -> Result<bool> {
        Ok(self.calendar.add_business_days(date, 1)?.civil().months != date.civil().months)
    }

    /// The periods of a leg, counted back from its end.
    pub(crate) fn periods(
        &self,
        start: Date,
        maturity: Maturity,
        frequency: Frequency,
    ) -> Result<Vec<Period>> {
        // Months from the last business day of one are counted from its last day, which rolls back
        // to it.
        let month_end = self.end_of_month
            && matches!(maturity, Maturity::Months(_))
            && self.is_last_business_day(start)?;
        let unadjusted = if month_end { start.civil().month_end().date() } else { start };
        let terms = ScheduleTerms {
            calendar: self.calendar.clone(),
            roll: self.roll_of(maturity),
            end_of_month: month_end,
            adjust_accrual: true,
            payment_lag: self.payment_lag,
            ..ScheduleTerms::new(unadjusted, maturity.after(start, month_end)?, frequency)
        };
        terms.periods()
    }
}
