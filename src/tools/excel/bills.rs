//! TBILLEQ, TBILLPRICE, TBILLYIELD: US Treasury bills, actual days over 360, of at most one year.

use super::Call;
use crate::basics::date::Date;
use crate::basics::error::Result;

impl Call {
    /// Days from settlement to maturity.
    fn bill(self, settlement: Date, maturity: Date) -> Result<f64> {
        self.before("settlement", settlement, "maturity", maturity)?;
        if maturity.civil() > settlement.civil().months_earlier(-12, false) {
            return self.refuse(
                "maturity",
                maturity,
                format!("maturity is at most one year after settlement, which is {settlement}"),
            );
        }
        Ok(f64::from(maturity.days() - settlement.days()))
    }
}

/// Bond-equivalent yield from a discount rate. Up to 182 days it is simple over 365; beyond, Excel
/// does not follow the formula that it documents but solves for the yield with a coupon half a year
/// before maturity, as the Treasury does, in a year of 366 days only where the bill runs that long.
pub fn tbilleq(settlement: Date, maturity: Date, discount: f64) -> Result<f64> {
    let call = Call("tbilleq");
    call.positive("discount", discount)?;
    let days = call.bill(settlement, maturity)?;
    let price = 1.0 - discount * days / 360.0;
    if price <= 0.0 {
        return call.refuse(
            "discount",
            discount,
            "the discount to maturity is less than the whole price",
        );
    }
    if days <= 182.0 {
        return call.answer(365.0 * discount / (360.0 * price));
    }
    let time = days / if days == 366.0 { 366.0 } else { 365.0 };
    let span = 2.0 * time - 1.0;
    // P·(1 + (t − ½)·y)·(1 + y/2) = 1
    call.answer(2.0 * ((time * time - span * (1.0 - 1.0 / price)).sqrt() - time) / span)
}

/// Price per 100 face from a discount rate.
pub fn tbillprice(settlement: Date, maturity: Date, discount: f64) -> Result<f64> {
    let call = Call("tbillprice");
    call.positive("discount", discount)?;
    let price = 100.0 * (1.0 - discount * call.bill(settlement, maturity)? / 360.0);
    if price <= 0.0 {
        return call.refuse(
            "discount",
            discount,
            "the discount to maturity is less than the whole price",
        );
    }
    Ok(price)
}

/// Yield from a price per 100 face.
pub fn tbillyield(settlement: Date, maturity: Date, pr: f64) -> Result<f64> {
    let call = Call("tbillyield");
    call.positive("pr", pr)?;
    call.answer((100.0 - pr) / pr * 360.0 / call.bill(settlement, maturity)?)
}
