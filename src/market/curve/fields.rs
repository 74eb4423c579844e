//! The table of a curve's terms beside its date and nodes, in the order in which they
//! are written.

use super::{CurveDefinition, Decay, Extrapolation, Interpolation, Parameters};
use crate::basics::currency::Currency;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::bytes::Reader;
use crate::forms::field::{Field, Fields, Name, PercentRate, TermValue, Unread, word_values};
use std::cmp::Ordering;

static NAME: Field<CurveDefinition, Name> = Field {
    key: "name",
    words: &["name"],
    what: "name",
    tag: 1,
    get: |curve: &CurveDefinition| curve.name.clone().map(Name),
    set: |curve, Name(name)| curve.name = Some(name),
    default: None,
};

static CURRENCY: Field<CurveDefinition, Currency> = Field {
    key: "currency",
    words: &["currency"],
    what: "currency",
    tag: 2,
    get: |curve: &CurveDefinition| curve.currency,
    set: |curve, currency: Currency| curve.currency = Some(currency),
    default: None,
};

static DAY_COUNT: Field<CurveDefinition, DayCount> = Field {
    key: "day_count",
    words: &[""],
    what: DayCount::WHAT,
    tag: 0,
    get: |curve: &CurveDefinition| Some(curve.day_count),
    set: |curve, day_count| curve.day_count = day_count,
    default: Some(|| DayCount::Act365F),
};

static EXTRAPOLATION: Field<CurveDefinition, Extrapolation> = Field {
    key: "extrapolation",
    words: &["extrapolation"],
    what: Extrapolation::WHAT,
    tag: 0,
    get: |curve: &CurveDefinition| Some(curve.extrapolation),
    set: |curve, extrapolation| curve.extrapolation = extrapolation,
    default: Some(|| Extrapolation::FlatZero),
};

static INTERPOLATION: Field<CurveDefinition, Interpolation> = Field {
    key: "interpolation",
    words: &[],
    what: Interpolation::WHAT,
    tag: 0,
    get: |curve: &CurveDefinition| Some(curve.interpolation),
    set: |curve, interpolation| curve.interpolation = interpolation,
    default: None,
};

/// Written neither in a line nor in JSON by itself: there each of its numbers has a name.
static PARAMETERS: Field<CurveDefinition, Parameters> = Field {
    key: "parameters",
    words: &[],
    what: "parameters",
    tag: 3,
    get: |curve| curve.parameters,
    set: |curve, parameters| curve.parameters = Some(parameters),
    default: None,
};

pub static FIELDS: &Fields<CurveDefinition> =
    &[&NAME, &CURRENCY, &DAY_COUNT, &EXTRAPOLATION, &INTERPOLATION];

/// Those outside the head of the stored form.
pub static STORED: &Fields<CurveDefinition> = &[&NAME, &CURRENCY, &PARAMETERS];

word_values!(Interpolation, Extrapolation);

impl TermValue for Parameters {
    fn to_text(&self) -> String {
        let betas =
            self.betas().map(|(key, value)| format!("{key} {}", PercentRate(value).to_text()));
        let taus = ["tau1", "tau2"].into_iter().zip(self.decays());
        let taus = taus.map(|(key, decay)| format!("{key} {}", decay.tau));
        betas.chain(taus).collect::<Vec<_>>().join(" ")
    }

    /// Parameters are read one by one, each by its name.
    fn from_text(text: &str) -> Result<Parameters, Unread> {
        Err(Unread::Why(format!("\"{}\" is not one parameter", excerpt(text))))
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        let mut number = |number: f64| number.put(bytes);
        number(self.level);
        self.decays().flat_map(|decay| [decay.slope, decay.curvature, decay.tau]).for_each(number);
    }

    fn take(reader: &mut Reader) -> Result<Parameters> {
        let (level, first) = (reader.number()?, decay(reader)?);
        let second = if reader.is_at_end() { None } else { Some(decay(reader)?) };
        Ok(Parameters { level, first, second })
    }

    fn order(&self, other: &Parameters) -> Ordering {
        let numbers = |parameters: &Parameters| {
            let mut bytes = Vec::new();
            parameters.put(&mut bytes);
            bytes
        };
        numbers(self).cmp(&numbers(other))
    }
}

fn decay(reader: &mut Reader) -> Result<Decay> {
    Ok(Decay { slope: reader.number()?, curvature: reader.number()?, tau: reader.number()? })
}
