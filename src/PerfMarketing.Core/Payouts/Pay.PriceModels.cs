using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts;

/// <content>The price models of the field, by the names they have there.</content>
public static partial class Pay
{
    private const long Mille = 1_000;

    /// <summary>CPM, cost per mille: a price for a thousand impressions.</summary>
    /// <remarks>The clause rounds per period: one impression is off the currency's grid.</remarks>
    /// <param name="price">The price of a thousand.</param>
    public static PayoutModel Cpm(Accrual price) => PerMille(price);

    /// <summary>vCPM: a price for a thousand viewable impressions; the outcome is the viewable impression.</summary>
    /// <param name="price">The price of a thousand.</param>
    public static PayoutModel ViewableCpm(Accrual price) => PerMille(price);

    /// <summary>A price for a thousand units of anything.</summary>
    /// <param name="price">The price of a thousand.</param>
    public static PayoutModel PerMille(Accrual price) => new Fixed(price) { Size = Mille };

    /// <summary>A price for so many units of a numeric fact, such as call seconds.</summary>
    /// <param name="price">The price of <paramref name="size"/> units.</param>
    /// <param name="of">What is measured.</param>
    /// <param name="size">How many units the price is for.</param>
    public static PayoutModel PerUnit(Accrual price, Measure of, long size = 1) =>
        new Fixed(price) { Of = of, Size = size };

    /// <summary>A price for one outcome, whatever its quantity.</summary>
    /// <param name="price">The price.</param>
    public static PayoutModel Flat(Accrual price) => new Fixed(price) { Of = Measure.Count };

    /// <summary>CPC, cost per click.</summary>
    /// <param name="price">The price of a click.</param>
    public static PayoutModel Cpc(Accrual price) => new Fixed(price);

    /// <summary>CPV, cost per view of a video or a page.</summary>
    /// <param name="price">The price of a view.</param>
    public static PayoutModel Cpv(Accrual price) => new Fixed(price);

    /// <summary>CPE, cost per engagement: a share, a like, an in-app event.</summary>
    /// <param name="price">The price of an engagement.</param>
    public static PayoutModel Cpe(Accrual price) => new Fixed(price);

    /// <summary>CPL, cost per lead.</summary>
    /// <param name="price">The price of a lead.</param>
    public static PayoutModel Cpl(Accrual price) => new Fixed(price);

    /// <summary>CPQ, cost per quote request.</summary>
    /// <param name="price">The price of a quote request.</param>
    public static PayoutModel Cpq(Accrual price) => new Fixed(price);

    /// <summary>CPA, cost per action or acquisition.</summary>
    /// <param name="price">The price of an action.</param>
    public static PayoutModel Cpa(Accrual price) => new Fixed(price);

    /// <summary>CPO, cost per order: the same for each order, whatever is in it.</summary>
    /// <param name="price">The price of an order.</param>
    public static PayoutModel Cpo(Accrual price) => Flat(price);

    /// <summary>CPS, cost per sale: a percentage of its value.</summary>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    public static PayoutModel Cps(Percentage rate) => new RevenueShare(rate);

    /// <summary>CPI, cost per install.</summary>
    /// <param name="price">The price of an install.</param>
    public static PayoutModel Cpi(Accrual price) => new Fixed(price);

    /// <summary>CPD, cost per delivery: of a message, a mail, a notification.</summary>
    /// <param name="price">The price of a delivery.</param>
    public static PayoutModel Cpd(Accrual price) => new Fixed(price);

    /// <summary>Pay per call: one price for each call.</summary>
    /// <param name="price">The price of a call.</param>
    public static PayoutModel CpCall(Accrual price) => Flat(price);

    /// <summary>Pay per call, by how long it was connected: 90 to 120 seconds pay 20.00, from 120 on 35.00.</summary>
    /// <param name="bands">The bands of <see cref="Facts.CallSeconds"/>; a call of unknown length pays nothing.</param>
    public static PayoutModel CpCall(params ReadOnlySpan<Band> bands) =>
        Banded(Measure.OfFact(Facts.CallSeconds), bands);

    /// <summary>Pay per second of a call.</summary>
    /// <param name="price">The price of a second.</param>
    public static PayoutModel PerCallSecond(Accrual price) => PerUnit(price, Measure.OfFact(Facts.CallSeconds));

    /// <summary>A percentage of a fact, such as <see cref="Facts.Margin"/>, or of what another contract pays.</summary>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    /// <param name="of">Of what.</param>
    public static PayoutModel RevenueShare(Percentage rate, Measure of) => new RevenueShare(rate) { Of = of };

    /// <summary>Hybrid: a fixed price for each unit and a percentage of the value.</summary>
    /// <param name="price">The price of one unit.</param>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    public static PayoutModel Hybrid(Accrual price, Percentage rate) => Sum(new Fixed(price), new RevenueShare(rate));

    /// <summary>Pays by the band in which the outcome lies.</summary>
    /// <param name="of">What decides on the band.</param>
    /// <param name="bands">The bands, with rising ends; only the last has none.</param>
    public static PayoutModel Banded(Measure of, params ReadOnlySpan<Band> bands) =>
        new Banded(of, ValueList.Create(bands));

    /// <summary>Pays by the band of the outcome's value.</summary>
    /// <param name="bands">The bands, with rising ends; only the last has none.</param>
    public static PayoutModel ByValue(params ReadOnlySpan<Band> bands) => Banded(Measure.Value, bands);

    /// <summary>Pays by how long the customer has been one.</summary>
    /// <param name="bands">The bands, with rising ends in months; only the last has none.</param>
    public static PayoutModel ByTenure(params ReadOnlySpan<TenureBand> bands) => new ByTenure(ValueList.Create(bands));
}
