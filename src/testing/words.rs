//! Words in the text forms: what two of them could mean together, and those of instruments that are
//! not supported yet.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::{Vocabulary, is_spelled};
use crate::product::bond::{Bond, BondTerms};
use crate::product::convention::Convention;
use crate::product::swap::Swap;
use std::collections::BTreeSet;

fn bond(words: &str) -> Result<Bond, Error> {
    format!("4% 2034-05-15 {words} issued 2020-01-15").parse()
}

/// Every spelling that is one word, with what it sets.
fn spellings<T: Vocabulary>() -> Vec<(&'static str, T)> {
    let all = T::WORDS.iter().flat_map(|word| {
        word.aliases.iter().chain([&word.name]).map(|&spelling| (spelling, word.value))
    });
    all.collect()
}

/// Two words of different kinds mean both, or are refused with both readings; never a third thing
/// in silence. The pairs that are the name of a day count as we write it are that day count.
#[test]
fn two_words_mean_both_or_are_refused_with_both_readings() {
    let mut refused = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut check = |first: &str, second: &str, set: &dyn Fn(&mut BondTerms)| {
        let pair = format!("{first} {second}");
        let mut expected = BondTerms {
            issue: Date::parse("2020-01-15"),
            ..BondTerms::new(0.04, Date::parse("2034-05-15").unwrap())
        };
        set(&mut expected);
        match (bond(&pair), Bond::new(expected)) {
            (Err(Error::Syntax { why, .. }), _) if why.contains(", or else ") => {
                refused.insert(pair.to_lowercase());
            }
            (Ok(read), Ok(expected)) if read == expected => {}
            (Err(read), Err(expected)) if read == expected => {}
            (Ok(read), _) if is_spelled(&pair, read.day_count.name()) => {
                names.insert(read.day_count.name());
            }
            (read, expected) => panic!("{pair}: {read:?} in place of {expected:?}"),
        }
    };
    for (word, frequency) in spellings::<Frequency>() {
        for (other, day_count) in spellings::<DayCount>() {
            let set =
                |terms: &mut BondTerms| (terms.frequency, terms.day_count) = (frequency, day_count);
            check(word, other, &set);
            check(other, word, &set);
        }
        for (other, convention) in spellings::<Convention>() {
            let set = |terms: &mut BondTerms| {
                (terms.frequency, terms.convention) = (frequency, convention)
            };
            check(word, other, &set);
            check(other, word, &set);
        }
    }
    for (word, day_count) in spellings::<DayCount>() {
        for (other, convention) in spellings::<Convention>() {
            let set = |terms: &mut BondTerms| {
                (terms.day_count, terms.convention) = (day_count, convention)
            };
            check(word, other, &set);
            check(other, word, &set);
        }
    }
    assert!(refused.contains("30/360 icma") && refused.contains("german 30/360"), "{refused:?}");
    assert_eq!(
        names.into_iter().collect::<Vec<_>>(),
        ["30/360 German", "30/360 SIA", "ACT/ACT ICMA"]
    );
}

#[test]
fn both_readings_can_be_written() {
    let Err(Error::Syntax { why, .. }) = bond("semiannual 30/360 icma") else {
        panic!("read in silence")
    };
    assert_eq!(
        why,
        "\"30/360 icma\" is the day count 30E/360, or else 30/360 yield icma: write 30E/360, or \
            30/360 yield icma"
    );
    let read = |words: &str| bond(words).map(|bond| (bond.day_count, bond.convention)).unwrap();
    assert_eq!(read("semiannual 30/360 yield icma"), (DayCount::Thirty360Us, Convention::Icma));
    assert_eq!(
        read("semiannual 30/360 convention icma"),
        (DayCount::Thirty360Us, Convention::Icma)
    );
    assert_eq!(read("icma 30/360"), (DayCount::Thirty360Us, Convention::Icma));
    assert_eq!(read("30E/360"), (DayCount::Thirty360E, Convention::Street));
    assert_eq!(read("ACT/ACT ICMA"), (DayCount::ActActIcma, Convention::Street));
}

#[test]
fn instruments_that_are_not_supported_yet_are_named() {
    for (text, word) in [
        ("4% 2034-05-15 callable 2030-05-15 @ 100", "callable"),
        ("4% 2034-05-15 putable", "putable"),
        ("4% 2034-05-15 make-whole", "make-whole"),
        ("FRN 2034-05-15", "FRN"),
        ("SOFR+1% 2034-05-15", "SOFR+1%"),
        ("4% 2034-05-15 quarterly EURIBOR3M", "EURIBOR3M"),
        ("€STR + 0.5% 2034-05-15", "€STR"),
        ("4% 2034-05-15 sinking", "sinking"),
        ("1% 2034-05-15 index-linked", "index-linked"),
        ("1% 2034-05-15 linked to CPI", "linked"),
    ] {
        let error = text.parse::<Bond>().unwrap_err();
        let Error::Unsupported { what: "bond", text: named, .. } = error else {
            panic!("{text}: {error}")
        };
        assert_eq!(named, word, "{text}");
    }
    assert!(matches!("4% 2034-05-15 calender US".parse::<Bond>(), Err(Error::Syntax { .. })));
    let swap = "pay 4% 2026-03-26 to 2036-03-26 against SOFR";
    assert!(swap.parse::<Swap>().is_ok());
    assert!(matches!(
        format!("{swap} callable").parse::<Swap>(),
        Err(Error::Unsupported { what: "swap", .. })
    ));
    // The name of an index is none of these words.
    assert!(matches!(format!("{swap} gibberish").parse::<Swap>(), Err(Error::Syntax { .. })));
    for (kind, object) in [
        (
            "bond",
            serde_json::json!({"coupon": 0.04, "maturity": "2034-05-15", "call_schedule": []}),
        ),
        (
            "swap",
            serde_json::json!({"fixed_rate": 0.04, "effective": "2026-03-26", "maturity": "2036-03-26", "cap": 0.05}),
        ),
        (
            "curve",
            serde_json::json!({"as_of": "2026-03-26", "years": [1], "rates": [0.04], "jumps": []}),
        ),
    ] {
        let error = match kind {
            "bond" => Bond::from_json(object).unwrap_err(),
            "swap" => Swap::from_json(object).unwrap_err(),
            _ => crate::market::curve::Curve::from_json(object).unwrap_err(),
        };
        let Error::Unsupported { what, instead, .. } = error else { panic!("{kind}: {error}") };
        assert_eq!((what, instead.starts_with("Known fields: ")), (kind, true));
    }
}
