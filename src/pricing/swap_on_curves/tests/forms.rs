//! The forms of a swap: what is read is what was written.

use super::{Random, random_swap, swap};
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::product::swap::{Swap, SwapTerms};
use serde_json::json;

fn round_trips(swap: &Swap) {
    let text = swap.to_string();
    assert_eq!(text.parse::<Swap>().as_ref(), Ok(swap), "{text}");
    assert_eq!(Swap::from_json(swap.to_json()).as_ref(), Ok(swap), "{}", swap.to_json());
    assert_eq!(Swap::from_bytes(&swap.to_bytes()).as_ref(), Ok(swap));
    assert_eq!(text.parse::<Swap>().unwrap().to_bytes(), swap.to_bytes());
}

#[test]
fn every_form_round_trips() {
    let mut random = Random::new(2);
    for _ in 0..5_000 {
        let day = Date::from_days(random.below(20_000)).unwrap();
        let terms = random_swap(&mut random, day).into_terms();
        let fixing = terms.fixing.filter(|_| random.below(2) == 0);
        let scale = 10f64.powi(random.below(18) - 15);
        round_trips(
            &Swap::new(SwapTerms {
                fixing,
                fixed_rate: terms.fixed_rate * scale,
                spread: terms.spread * scale,
                ..terms
            })
            .unwrap(),
        );
    }
}

#[test]
fn text_as_it_is_written() {
    for text in [
        "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR annual ACT/360",
        "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1% quarterly ACT/360 x \
            10000000",
        "receive -0.1% 2026-03-26 to 2056-02-29 semiannual 30/360 bond basis against \"EURIBOR \
            6M\" - 0.25% semiannual ACT/360 fixing -0.05% calendar TARGET+UK roll \
            modified_following lag 2 no-eom currency EUR x -2500000.5",
        "receive 0% 2026-03-26 to 2026-09-26 none ACT/ACT ISDA against to none BUS/252",
    ] {
        let swap = swap(text);
        assert_eq!(swap.to_string(), text);
        round_trips(&swap);
    }
    for (written, read) in [
        (
            "pay 4.25% 2026-03-26 to 2036-03-26",
            "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR annual ACT/360",
        ),
        (
            "REC 4.25% 2026-03-26 TO 2036-03-26 X 1e6 30/360 German S Roll MF AGAINST \"TONA\" Q \
                -0.1% Lag 2",
            "receive 4.25% 2026-03-26 to 2036-03-26 semiannual 30/360 German against TONA - 0.1% \
                quarterly ACT/360 roll modified_following lag 2 x 1000000",
        ),
        (
            "pay 4% 2026-03-26 to 2036-03-26 semiannual + 0.1% quarterly 30/360 German against \
                SONIA",
            "pay 4% 2026-03-26 to 2036-03-26 semiannual ACT/360 against SONIA + 0.1% quarterly \
                30/360 German",
        ),
        (
            "payer 4% 2026-03-26 to 2036-03-26 +0% lag 0 eom calendar weekends",
            "pay 4% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR annual ACT/360",
        ),
    ] {
        assert_eq!(swap(written).to_string(), read);
    }
    let sparse = json!({"fixed_rate": 0.04, "effective": "2026-03-26", "maturity": "2036-03-26", "fixing": null});
    assert_eq!(Swap::from_json(sparse).unwrap(), swap("pay 4% 2026-03-26 to 2036-03-26"));
}

#[test]
fn text_that_is_refused() {
    for (text, why) in [
        ("", "a swap begins with pay or receive, the fixed rate in percent, and two dates"),
        ("4.25% 2026-03-26 to 2036-03-26", "\"4.25%\" is no fixed leg (pay, receive)"),
        ("pay 4.25 2026-03-26 to 2036-03-26", "\"4.25\" is not a rate such as 4.31%"),
        (
            "pay 4.25% 2026-03-26 2036-03-26",
            "\"2036-03-26\" stands where \"to\" and the maturity should",
        ),
        ("pay 4.25% 2026-03-26 to", "a swap begins with pay or receive"),
        ("pay 4.25% 2026-03-26 to 10Y", "\"10Y\" is not a date written YYYY-MM-DD"),
        (
            "pay 4% 2026-03-26 to 2036-03-26 against",
            "after \"against\" stands the name of an index",
        ),
        (
            "pay 4% 2026-03-26 to 2036-03-26 against \"SOFR",
            "after \"against\" stands the name of an index",
        ),
        (
            "pay 4% 2026-03-26 to 2036-03-26 against SOFR against SONIA",
            "\"against\" gives the floating index a second time",
        ),
        (
            "pay 4% 2026-03-26 to 2036-03-26 annual monthly",
            "\"monthly\" gives the fixed frequency a second time",
        ),
        ("pay 4% 2026-03-26 to 2036-03-26 + 0.1% - 0.1%", "\"-\" gives the spread a second time"),
        ("pay 4% 2026-03-26 to 2036-03-26 + x", "\"x\" is not a rate such as 4.31%"),
        ("pay 4% 2026-03-26 to 2036-03-26 fortnightly", "\"fortnightly\" is no frequency (annual,"),
        (
            "pay 4% 2026-03-26 to 2036-03-26 lag 31",
            "payment lag out of range: \"31\": a payment lag is 0 to 30 business days",
        ),
        ("pay 4% 2026-03-26 to 2036-03-26 calendar Atlantis", "is no calendar"),
        ("pay 4% 2026-03-26 to 2036-03-26 x", "nothing follows \"x\""),
    ] {
        let Err(Error::Syntax { kind: "swap", why: said, .. }) = text.parse::<Swap>() else {
            panic!("{text}")
        };
        assert!(said.contains(why), "{text}: {said}");
    }
    let days = (0..1_001)
        .map(|day| Date::from_days(9_000 + day).unwrap().to_string())
        .collect::<Vec<_>>()
        .join(",");
    let closed = format!("pay 4% 2026-03-26 to 2036-03-26 calendar US+{{{days}}}");
    assert!(matches!(
        closed.parse::<Swap>(),
        Err(Error::TooMany { count: 1_001, limit: 1_000, .. })
    ));
    assert!(matches!(
        "pay 1e9% 2026-03-26 to 2036-03-26".parse::<Swap>(),
        Err(Error::OutOfRange { what: "fixed rate", .. })
    ));
    assert!(matches!("pay 4% 2026-03-26 to 2026-03-26".parse::<Swap>(), Err(Error::Period { .. })));
    assert!(matches!(
        "pay 4% 2026-03-26 to 2326-03-26".parse::<Swap>(),
        Err(Error::OutOfRange { what: "term", .. })
    ));
    assert!(matches!(
        "pay 4% 2026-03-26 to 2036-03-26 x 1e16".parse::<Swap>(),
        Err(Error::OutOfRange { what: "notional", .. })
    ));
    assert!(matches!(
        "pay 4% 2026-03-26 to 2036-03-26 against \"\"".parse::<Swap>(),
        Err(Error::UnknownWord { what: "floating index", .. })
    ));
    // What bytes of another encoding are read as.
    assert!("pay 4% 2026-03-26 to 2036-03-26 against T\u{fffd}NA".parse::<Swap>().is_err());
    let listed = json!([
        0.04,
        "2026-03-26",
        "2036-03-26",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null
    ]);
    assert!(
        matches!(Swap::from_json(listed), Err(Error::Syntax { why, .. }) if why == "expected an \
            object of swap terms")
    );
}

/// Words left out, repeated, exchanged and cut short: an error, or a swap that is written and read
/// as any other.
#[test]
fn text_at_random() {
    let text = "receive 4% 2026-03-26 to 2036-03-26 semiannual 30/360 German against \"EURIBOR \
        6M\" - 0.25% monthly ACT/360 \
                fixing 2% calendar US+{2026-12-24} roll following lag 2 no-eom currency EUR x 100";
    let mut random = Random::new(17);
    let mut read = 0;
    for _ in 0..100_000 {
        let mut words: Vec<&str> = text.split(' ').collect();
        for _ in 0..1 + random.below(6) {
            let (at, other) = (
                random.below(words.len() as i32) as usize,
                random.below(words.len() as i32) as usize,
            );
            match random.below(4) {
                0 => drop(words.remove(at)),
                1 => words.insert(
                    at,
                    random.pick(&[words[other], "eom", "+1%", "\"", "\"é x\"", "none"]),
                ),
                2 => words.swap(at, other),
                _ => words[at] = words[at].get(1..).unwrap_or_default(),
            }
        }
        if let Ok(swap) = words.join(" ").parse::<Swap>() {
            round_trips(&swap);
            read += 1;
        }
    }
    assert!(read > 100, "{read}");
}

/// Version 1 for ever.
#[test]
fn golden_bytes() {
    let hex = |text: &str| {
        swap(text).to_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(
        hex("pay 4% 2026-03-26 to 2036-03-26"),
        concat!("01010401046d250000b23300007b14ae47e17aa43f", "01010001", "020400534f4652")
    );
    assert_eq!(
        hex("receive 4% 2026-03-26 to 2036-03-26 semiannual 30/360 against \"EURIBOR 6M\" + 1% \
                quarterly ACT/365F fixing 2% calendar US roll modified_following lag 2 no-eom \
                currency EUR x 100"),
        concat!(
            "01020104056d250000b23300007b14ae47e17aa43f",
            "01010002",
            "020a0045555249424f5220364d",
            "0308007b14ae47e17a843f",
            "0408007b14ae47e17a943f",
            "0505000101000000",
            "06010002",
            "07010002",
            "080000",
            "090300455552",
            "0a08000000000000005940"
        )
    );
}

#[test]
fn bytes_that_are_refused() {
    let good = swap(
        "receive 4% 2026-03-26 to 2036-03-26 against A calendar US roll following lag \
        2 currency EUR x 100",
    )
    .to_bytes();
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        Swap::from_bytes(&bytes).expect_err("refused").to_string()
    };
    assert!(refused(&|bytes| bytes[0] = 2).contains("version 2 is unknown"));
    assert!(refused(&|bytes| bytes[1] = 5).contains("unknown frequency code 5"));
    assert!(refused(&|bytes| bytes[4] = 99).contains("unknown day count code 99"));
    let section = |section: &'static [u8]| refused(&|bytes| bytes.extend_from_slice(section));
    assert!(section(&[11, 0, 0]).contains("section 11 is unknown to this release"));
    assert!(section(&[10, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]).contains("out of order"));
    assert!(section(&[0]).contains("ends too early"));
    assert!(refused(&|bytes| bytes.truncate(20)).contains("ends too early"));
    assert!(
        refused(&|bytes| bytes[13..21].copy_from_slice(&f64::NAN.to_le_bytes()))
            .contains("fixed rate out of range")
    );
    assert!(
        refused(&|bytes| {
            let notional = bytes.len() - 8;
            bytes[notional..].copy_from_slice(&f64::INFINITY.to_le_bytes());
        })
        .contains("notional out of range")
    );
    let index = good.iter().position(|byte| *byte == b'A').unwrap();
    assert!(refused(&|bytes| bytes[index] = 0xff).contains("UTF-8"));
    assert!(refused(&|bytes| bytes[index] = b'"').contains("floating index"));
    // Every byte changed, every length: an error or another valid swap, never a panic.
    for i in 0..good.len() {
        for byte in 0..=255 {
            let mut bytes = good.clone();
            bytes[i] = byte;
            if let Ok(swap) = Swap::from_bytes(&bytes) {
                round_trips(&swap);
            }
        }
        let _ = Swap::from_bytes(&good[..i]);
    }
    // A default that is spelled out.
    let mut spelled = swap("pay 4% 2026-03-26 to 2036-03-26").to_bytes();
    spelled.extend([3, 8, 0]);
    spelled.extend(0f64.to_le_bytes());
    assert!(
        Swap::from_bytes(&spelled)
            .unwrap_err()
            .to_string()
            .contains("a default value is spelled out")
    );
}
