//! China: the General Office of the State Council decrees each year's holidays, and the weekends
//! worked for them, in the last months of the year before (gov.cn, notices on the arrangement of
//! some holidays, from 2007-12 on; those of 2015 and 2020 were extended in the year itself). The
//! interbank market of CFETS works on the weekends, too.

use super::market::{Decree, MarketCalendar};

pub const CHINA: MarketCalendar = MarketCalendar {
    name: "CN",
    aliases: &[
        "CHN",
        "CNY",
        "CNBE",
        "China",
        "Beijing",
        "CFETS",
        "China inter bank market",
        "China::IB",
    ],
    meaning: "Chinese interbank market: holidays and working weekends as the State Council \
            decreed them",
    first_year: 2008,
    last_year: 2026,
    decrees: DECREES,
    ..MarketCalendar::EMPTY
};

const NEW_YEAR: &str = "New Year's Day";
const SPRING: &str = "Spring Festival";
const QINGMING: &str = "Qingming Festival";
const LABOUR: &str = "Labour Day";
const DRAGON: &str = "Dragon Boat Festival";
const AUTUMN: &str = "Mid-Autumn Festival";
const NATIONAL: &str = "National Day";

#[rustfmt::skip]
const DECREES: &[Decree] = &[
    decree(2008, &[(NEW_YEAR, 101, 101), (SPRING, 206, 212), (QINGMING, 404, 404), (LABOUR, 501, 502), (DRAGON, 609, 609), (AUTUMN, 915, 915), (NATIONAL, 929, 1003)],
        &[202, 203, 504, 927, 928]),
    decree(2009, &[(NEW_YEAR, 101, 102), (SPRING, 126, 130), (QINGMING, 406, 406), (LABOUR, 501, 501), (DRAGON, 528, 529), (NATIONAL, 1001, 1008)],
        &[104, 124, 201, 531, 927, 1010]),
    decree(2010, &[(NEW_YEAR, 101, 101), (SPRING, 215, 219), (QINGMING, 405, 405), (LABOUR, 503, 503), (DRAGON, 614, 616), (AUTUMN, 922, 924), (NATIONAL, 1001, 1007)],
        &[220, 221, 612, 613, 919, 925, 926, 1009]),
    decree(2011, &[(NEW_YEAR, 103, 103), (SPRING, 202, 208), (QINGMING, 404, 405), (LABOUR, 502, 502), (DRAGON, 606, 606), (AUTUMN, 912, 912), (NATIONAL, 1003, 1007)],
        &[130, 212, 402, 1008, 1009, 1231]),
    decree(2012, &[(NEW_YEAR, 102, 103), (SPRING, 123, 127), (QINGMING, 402, 404), (LABOUR, 430, 501), (DRAGON, 622, 622), (NATIONAL, 1001, 1005)],
        &[121, 129, 331, 401, 428, 929]),
    decree(2013, &[(NEW_YEAR, 101, 103), (SPRING, 211, 215), (QINGMING, 404, 405), (LABOUR, 429, 501), (DRAGON, 610, 612), (AUTUMN, 919, 920), (NATIONAL, 1001, 1007)],
        &[105, 106, 216, 217, 407, 427, 428, 608, 609, 922, 929, 1012]),
    decree(2014, &[(NEW_YEAR, 101, 101), (SPRING, 131, 206), (QINGMING, 407, 407), (LABOUR, 501, 502), (DRAGON, 602, 602), (AUTUMN, 908, 908), (NATIONAL, 1001, 1007)],
        &[126, 208, 504, 928, 1011]),
    decree(2015, &[(NEW_YEAR, 101, 102), (SPRING, 218, 224), (QINGMING, 406, 406), (LABOUR, 501, 501), (DRAGON, 622, 622), ("Victory, 70 years", 903, 904), (NATIONAL, 1001, 1007)],
        &[104, 215, 228, 906, 1010]),
    decree(2016, &[(NEW_YEAR, 101, 101), (SPRING, 208, 212), (QINGMING, 404, 404), (LABOUR, 502, 502), (DRAGON, 609, 610), (AUTUMN, 915, 916), (NATIONAL, 1003, 1007)],
        &[206, 214, 612, 918, 1008, 1009]),
    decree(2017, &[(NEW_YEAR, 102, 102), (SPRING, 127, 202), (QINGMING, 403, 404), (LABOUR, 501, 501), (DRAGON, 529, 530), (NATIONAL, 1002, 1006)],
        &[122, 204, 401, 527, 930]),
    decree(2018, &[(NEW_YEAR, 101, 101), (SPRING, 215, 221), (QINGMING, 405, 406), (LABOUR, 430, 501), (DRAGON, 618, 618), (AUTUMN, 924, 924), (NATIONAL, 1001, 1005), (NEW_YEAR, 1231, 1231)],
        &[211, 224, 408, 428, 929, 930, 1229]),
    decree(2019, &[(NEW_YEAR, 101, 101), (SPRING, 204, 208), (QINGMING, 405, 405), (LABOUR, 501, 503), (DRAGON, 607, 607), (AUTUMN, 913, 913), (NATIONAL, 1001, 1007)],
        &[202, 203, 428, 505, 929, 1012]),
    decree(2020, &[(NEW_YEAR, 101, 101), (SPRING, 124, 131), (QINGMING, 406, 406), (LABOUR, 501, 505), (DRAGON, 625, 626), (NATIONAL, 1001, 1008)],
        &[119, 426, 509, 628, 927, 1010]),
    decree(2021, &[(NEW_YEAR, 101, 101), (SPRING, 211, 217), (QINGMING, 405, 405), (LABOUR, 503, 505), (DRAGON, 614, 614), (AUTUMN, 920, 921), (NATIONAL, 1001, 1007)],
        &[207, 220, 425, 508, 918, 926, 1009]),
    decree(2022, &[(NEW_YEAR, 103, 103), (SPRING, 131, 204), (QINGMING, 404, 405), (LABOUR, 502, 504), (DRAGON, 603, 603), (AUTUMN, 912, 912), (NATIONAL, 1003, 1007)],
        &[129, 130, 402, 424, 507, 1008, 1009]),
    decree(2023, &[(NEW_YEAR, 102, 102), (SPRING, 123, 127), (QINGMING, 405, 405), (LABOUR, 501, 503), (DRAGON, 622, 623), (NATIONAL, 929, 1006)],
        &[128, 129, 423, 506, 625, 1007, 1008]),
    decree(2024, &[(NEW_YEAR, 101, 101), (SPRING, 212, 216), (QINGMING, 404, 405), (LABOUR, 501, 503), (DRAGON, 610, 610), (AUTUMN, 916, 917), (NATIONAL, 1001, 1007)],
        &[204, 218, 407, 428, 511, 914, 929, 1012]),
    decree(2025, &[(NEW_YEAR, 101, 101), (SPRING, 128, 204), (QINGMING, 404, 404), (LABOUR, 501, 505), (DRAGON, 602, 602), (NATIONAL, 1001, 1008)],
        &[126, 208, 427, 928, 1011]),
    decree(2026, &[(NEW_YEAR, 101, 102), (SPRING, 216, 223), (QINGMING, 406, 406), (LABOUR, 501, 505), (DRAGON, 619, 619), (AUTUMN, 925, 925), (NATIONAL, 1001, 1007)],
        &[104, 214, 228, 509, 920, 1010]),
];

const fn decree(
    year: i32,
    closed: &'static [(&'static str, i32, i32)],
    open: &'static [i32],
) -> Decree {
    Decree { year, closed, open }
}
