//! The prefixes that numbering agencies give ISINs.

/// Whether an ISIN with this prefix can have been issued. An ISIN with another one is well formed
/// all the same; two letters that changed places, which its check digit cannot tell, show up here.
pub fn is_assigned_prefix(prefix: &str) -> bool {
    COUNTRIES.split(' ').chain(OTHERS.iter().map(|(code, _)| *code)).any(|code| code == prefix)
}

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR \
    BS BT BV BW BY BZ CA CC CD \
    CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
    FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN \
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR \
    MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU \
    RW SA SB SC SD SE SG SH SI \
    SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW";

/// Prefixes that are no country's.
const OTHERS: &[(&str, &str)] = &[
    ("AN", "Netherlands Antilles until 2010, in ISINs still alive"),
    ("CS", "Serbia and Montenegro until 2006"),
    ("EU", "the European Union: emission allowances and its own bonds"),
    ("EZ", "over-the-counter derivatives, ANNA Derivatives Service Bureau"),
    ("QS", "Euroclear France, interim"),
    ("QT", "Switzerland, interim"),
    ("QW", "Germany, interim"),
    ("XA", "substitute agency, CUSIP Global Services"),
    ("XB", "substitute agency, NSD"),
    ("XC", "substitute agency, WM Datenservice"),
    ("XD", "substitute agency, SIX"),
    ("XF", "a bank's own, not unique"),
    ("XS", "international securities, Euroclear and Clearstream"),
    ("YU", "Yugoslavia until 2003"),
    ("ZZ", "reference rates and other referential instruments"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_countries_as_the_standard_has() {
        let codes: Vec<&str> = COUNTRIES.split(' ').collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted() && codes.iter().all(|code| code.len() == 2));
        assert!(OTHERS.iter().all(|(code, _)| !codes.contains(code)));
    }
}
