//! Ratings: the scales as regulators published them, and the laws of an order.

use crate::basics::rating::{Agency, Rating, SCALE};
use crate::basics::vocabulary::Vocabulary;
use crate::portfolio::rating_sums::RatingSums;
use crate::testing::Random;

fn rating(text: &str) -> Rating {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// NAIC Valuation Manual VM-20, table K: Moody's, S&P and Fitch, numeric rating 1 to 20.
const NAIC: &str =
    "Aaa AAA 1, Aa1 AA+ 2, Aa2 AA 3, Aa3 AA- 4, A1 A+ 5, A2 A 6, A3 A- 7, Baa1 BBB+ \
    8, Baa2 BBB 9, Baa3 BBB- 10,
    Ba1 BB+ 11, Ba2 BB 12, Ba3 BB- 13, B1 B+ 14, B2 B 15, B3 B- 16, Caa1 CCC+ 17, Caa2 CCC 18, \
    Caa3 CCC- 19, Ca CC 20";

#[test]
fn the_scales_as_published() {
    for (line, row) in NAIC.split(',').zip(1..) {
        let [moodys, letters, number] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        assert_eq!(number.parse(), Ok(row));
        for text in [moodys, letters] {
            let rating = rating(text);
            assert_eq!(i32::from(rating.notch()), row, "{text}");
            assert_eq!(rating.to_string(), text);
            assert_eq!(
                [Agency::Moodys, Agency::Sp, Agency::Fitch].map(|agency| rating.symbol(agency)),
                [moodys, letters, letters]
            );
            assert_eq!(rating.is_investment_grade(), row <= 10);
        }
    }
    assert_eq!(
        ["C", "D", "SD", "RD", "DDD"].map(|text| rating(text).notch()),
        [21, 22, 22, 22, 22]
    );
    assert_eq!(["C", "D"].map(|text| rating(text).symbol(Agency::Moodys)), ["C", "C"]);
    // Factors rise with the risk.
    assert!(SCALE.is_sorted_by(|a, b| a.factor <= b.factor));
}

#[test]
fn every_rating_round_trips() {
    for notch in 1..=22 {
        for agency in [Agency::Sp, Agency::Moodys] {
            let made = Rating::from_notch(notch, agency).unwrap();
            let read = rating(&made.to_string());
            assert_eq!(made.to_byte(), read.to_byte());
            assert_eq!(Rating::from_byte(made.to_byte()).unwrap().to_byte(), made.to_byte());
        }
    }
    let known: Vec<u8> = (0..=255).filter(|&byte| Rating::from_byte(byte).is_ok()).collect();
    assert_eq!(known.len(), 22 + 20);
    assert!(
        [&[][..], &[0], &[23], &[1, 1], &[0x20], &[0x20 | 21], &[0x40], &[0x80 | 1], &[255]]
            .iter()
            .all(|bytes| Rating::from_bytes(bytes).is_err())
    );
    assert!(
        [0, -1, 23, i32::MIN, i32::MAX, 257].iter().all(|&notch| Rating::from_notch(
            notch,
            Agency::Sp
        )
        .is_err())
    );
}

/// Total, by notch alone, and equal ratings hash alike: over all pairs.
#[test]
fn one_order() {
    let all: Vec<Rating> = (0..=255).filter_map(|byte| Rating::from_byte(byte).ok()).collect();
    for a in &all {
        for b in &all {
            assert_eq!(a.cmp(b), b.notch().cmp(&a.notch()));
            assert_eq!(a.cmp(b).reverse(), b.cmp(a));
            assert_eq!(a == b, a.cmp(b).is_eq());
            assert_eq!(a == b, a.hash_code(7) == b.hash_code(7));
            assert_eq!(a == b, a.hash_code(0) as u32 == b.hash_code(0) as u32);
        }
    }
    assert!(
        rating("BBB-") >= rating("Baa3")
            && rating("Baa3") >= rating("BBB-")
            && rating("BBB-") > rating("Ba1")
    );
    assert!(rating("AAA") > rating("Aa1") && rating("D") < rating("C"));
}

#[test]
fn marks_are_read_over() {
    for (text, expected) in [
        (" BBB- ", "BBB-"),
        ("BBB-u", "BBB-"),
        ("BB+ (sf)", "BB+"),
        ("AAAsf", "AAA"),
        ("Aaa (sf)", "Aaa"),
        ("(P)Baa1", "Baa1"),
        ("A- *-", "A-"),
        ("BBB-*-", "BBB-"),
        ("AA+/Negative", "AA+"),
        ("Baa3 (negative outlook)", "Baa3"),
        ("AApi", "AA"),
        ("AAA(EXP)", "AAA"),
        ("BBB\u{2212}", "BBB-"),
        ("bbb+", "BBB+"),
        ("BAA3", "Baa3"),
        ("baa3", "Baa3"),
        ("CA", "Ca"),
        ("caa1", "Caa1"),
        ("aaa", "AAA"),
    ] {
        assert_eq!(rating(text).to_string(), expected, "{text}");
    }
}

/// Short-term, fund, national-scale and half-written ratings are other things; no rating is NULL.
#[test]
fn what_is_no_rating_is_refused() {
    let refused = [
        "A-1", "A-1+", "P-1", "F1", "F1+", "A1+", "AAAm", "AAf", "AA(bra)", "zaAA", "AA.mx", "Aa",
        "Baa", "Caa", "bAA", "AAAA", "BBB--", "BBB+-", "Baa4", "Aaa1", "Ca1", "E", "BBB -", "1",
        "BBB-/A-2", "AA (low)", "€", "B€", "BBB-\0",
    ];
    for text in refused {
        assert!(text.parse::<Rating>().is_err(), "{text}");
    }
    for text in ["", "  ", "NR", "nr", "WR", "N.A.", "n/a", "Not Rated", "-"] {
        let refusal = format!("{:?}", text.parse::<Rating>());
        assert!(refusal.contains("rating_or_null"), "{refusal}");
    }
    let agencies = ["S&P", "sp", "standard & poor's", "FITCH", "moodys", "Moody's"]
        .map(|word| Agency::parse(word).unwrap());
    assert_eq!(
        agencies,
        [Agency::Sp, Agency::Sp, Agency::Sp, Agency::Fitch, Agency::Moodys, Agency::Moodys]
    );
    assert!(Agency::parse("Duff").is_err());
}

/// Bloomberg Fixed Income Index Methodology: middle of three, lower of two, the only one.
#[test]
fn the_index_rule() {
    let middle = |texts: [&str; 3]| {
        Rating::middle(texts.map(|text| text.parse().ok())).map(|rating| rating.to_string())
    };
    assert_eq!(middle(["Baa3", "BB+", "BB"]).as_deref(), Some("BB+"));
    assert_eq!(middle(["BB", "Baa3", "BBB+"]).as_deref(), Some("Baa3"));
    assert_eq!(middle(["Baa3", "", "BB+"]).as_deref(), Some("BB+"));
    assert_eq!(middle(["", "", "A"]).as_deref(), Some("A"));
    assert_eq!(middle(["", "", ""]), None);
    for [a, b, c] in (0..22 * 22 * 22).map(|n| [n % 22 + 1, n / 22 % 22 + 1, n / 484 + 1]) {
        let mut sorted = [a, b, c];
        sorted.sort();
        let ratings = [a, b, c].map(|notch| Rating::from_notch(notch, Agency::Sp).ok());
        assert_eq!(
            Rating::middle(ratings).map(|rating| i32::from(rating.notch())),
            Some(sorted[1])
        );
        assert_eq!(
            Rating::middle([ratings[0], None, ratings[2]]).map(|rating| i32::from(rating.notch())),
            Some(a.max(c))
        );
    }
}

fn tally(rows: &[(&str, f64)]) -> RatingSums {
    let mut tally = RatingSums::default();
    rows.iter().for_each(|(text, weight)| tally.add_weighted(rating(text), *weight).unwrap());
    tally
}

#[test]
fn averages() {
    let average =
        |rows: &[(&str, f64)]| tally(rows).average().unwrap().map(|rating| rating.to_string());
    assert_eq!(average(&[("AAA", 1.0), ("A", 1.0)]).as_deref(), Some("AA-")); // 3.5
    assert_eq!(average(&[("A+", 0.6), ("Baa2", 0.4)]).as_deref(), Some("A-")); // 6.6
    assert_eq!(average(&[("A+", 1e6), ("BB", 0.0)]).as_deref(), Some("A+"));
    assert_eq!(average(&[]), None);
    assert_eq!(average(&[("A", 1.0), ("BB", -1.0)]), None);
    assert_eq!(average(&[("AAA", 1.5), ("D", -1.0)]), None); // −41
    assert_eq!(tally(&[("A", 5.0), ("A", -4.0)]).average().unwrap(), Some(rating("A")));
    assert!(
        [f64::NAN, f64::INFINITY, -1e19]
            .iter()
            .all(|&weight| RatingSums::default().add_weighted(rating("A"), weight).is_err())
    );
    // Moody's: half Baa2 and half Ba2 is (360 + 1350) / 2 = 855, nearer to Ba1 (940) than the mean
    // notch's BBB-/BB+.
    let factor = tally(&[("BBB", 1.0), ("Ba2", 1.0)]).factor().unwrap().unwrap();
    assert_eq!((factor, Rating::from_factor(factor).unwrap().to_string().as_str()), (855.0, "Ba1"));
    assert_eq!(
        [1.0, 5.5, 15.0, 9_035.0, 10_000.0].map(|f| Rating::from_factor(f).unwrap().to_string()),
        ["Aaa", "Aa1", "Aa2", "Ca", "Ca"]
    );
    assert!(
        [0.0, 10_001.0, f64::NAN, -5.0].iter().all(|&factor| Rating::from_factor(factor).is_err())
    );
    for step in &SCALE {
        assert_eq!(Rating::from_factor(f64::from(step.factor)).unwrap().factor(), step.factor);
    }
}

/// Any cut into parts and any order give the same bits.
#[test]
fn parts_add_up() {
    let mut random = Random::new(3);
    let rows: Vec<(Rating, f64)> = (0..5_000)
        .map(|_| {
            (
                Rating::from_notch(random.below(22) + 1, Agency::Sp).unwrap(),
                random.between(-1.0, 3.0) * 10f64.powi(random.below(9)),
            )
        })
        .collect();
    let sum = |rows: &[(Rating, f64)]| {
        let mut tally = RatingSums::default();
        rows.iter().for_each(|(rating, weight)| tally.add_weighted(*rating, *weight).unwrap());
        tally
    };
    let whole = sum(&rows);
    for _ in 0..200 {
        let cut = random.below(rows.len() as i32) as usize;
        let mut right = sum(&rows[cut..]);
        right.merge(&sum(&rows[..cut]));
        assert!(right.check().is_ok());
        assert_eq!(right.average(), whole.average());
        assert_eq!(
            right.factor().unwrap().map(f64::to_bits),
            whole.factor().unwrap().map(f64::to_bits)
        );
    }
}

/// Whatever is typed, an answer: and what is read is read back.
#[test]
fn anything_may_be_typed() {
    let mut random = Random::new(13);
    let pieces = [
        "A", "B", "C", "D", "a", "b", "+", "-", "1", "2", "3", " ", "(", ")", "/", "*", "u", "sf",
        "P", "stable", "\u{2212}", "é", "\0",
    ];
    let mut read = 0;
    for _ in 0..300_000 {
        let text: String = (0..random.below(6)).map(|_| random.pick(&pieces)).collect();
        if let Ok(found) = text.parse::<Rating>() {
            assert_eq!(rating(&found.to_string()).to_byte(), found.to_byte(), "{text}");
            read += 1;
        }
    }
    assert!(read > 3_000, "{read}");
}
