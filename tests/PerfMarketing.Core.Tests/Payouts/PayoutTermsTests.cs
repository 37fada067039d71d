using FluentValidation.Results;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Payouts;

/// <summary>The models that are made of other models as terms: JSON, digest, validation.</summary>
public sealed class PayoutTermsTests
{
    private static readonly PayoutModelCatalog Catalog = PayoutModelCatalog.Default;

    private static readonly PayoutModel Negative = Pay.Fixed((-1).Eur);

    private static readonly Band One = new(Pay.Fixed(1.Eur));

    private static readonly TenureBand Half = new(Pay.Fixed(1.Eur), Months: 6);

    private static readonly Condition Mobile = When.Fact(Facts.Device).Is("mobile");

    public static TheoryData<PayoutModel, string> Composed() => new()
    {
        {
            Pay.RevenueShare(30.Percent).FlooredAt(1.Eur),
            """{"model":"floored","inner":{"model":"revenue-share","rate":"30%"},"floor":"1.00 EUR"}"""
        },
        {
            Pay.RevenueShare(6.Percent).IncreasedBy(33.5m.Percent),
            """{"model":"multiplied","inner":{"model":"revenue-share","rate":"6%"},"factor":1.335}"""
        },
        {
            Pay.Sum(Pay.Fixed(20.Eur), Pay.RevenueShare(5.Percent)),
            """
            {"model":"sum","models":[{"model":"fixed","price":"20.00 EUR"},{"model":"revenue-share","rate":"5%"}]}
            """
        },
        {
            Pay.BestOf(Pay.Fixed(20.Eur), Pay.RevenueShare(5.Percent)),
            """
            {"model":"best-of","models":[{"model":"fixed","price":"20.00 EUR"},{"model":"revenue-share","rate":"5%"}]}
            """
        },
        {
            Pay.FirstMatch(Pay.Case(Mobile, Pay.Fixed(2.Eur))).Otherwise(Pay.Fixed(1.Eur)),
            """
            {"model":"first-match","cases":[{"when":{"condition":"equals","fact":"device","value":"mobile"},
            "pays":{"model":"fixed","price":"2.00 EUR"}}],"otherwise":{"model":"fixed","price":"1.00 EUR"}}
            """
        },
        {
            Pay.FirstMatch(Pay.Case(Mobile, Pay.Fixed(2.Eur))),
            """
            {"model":"first-match","cases":[{"when":{"condition":"equals","fact":"device","value":"mobile"},
            "pays":{"model":"fixed","price":"2.00 EUR"}}]}
            """
        },
    };

    public static TheoryData<PayoutModel, string> Measured() => new()
    {
        {
            Pay.RevenueShare(50.Percent, Measure.OfFact(Facts.Margin)),
            """{"model":"revenue-share","rate":"50%","of":"fact:margin"}"""
        },
        {
            Pay.PerUnit(Accrual.Parse("1.50 EUR"), Measure.OfFact(Facts.CallSeconds), size: 60),
            """{"model":"fixed","price":"1.50 EUR","of":"fact:call-seconds","size":60}"""
        },
        {
            Pay.ByValue(new(Pay.Fixed(1.Eur), 49.5m), new(Pay.Fixed(2.Eur))),
            """
            {"model":"banded","of":"value","bands":[{"pays":{"model":"fixed","price":"1.00 EUR"},"upTo":49.5},
            {"pays":{"model":"fixed","price":"2.00 EUR"}}]}
            """
        },
        {
            Pay.ByTenure(new(Pay.Fixed(2.Eur), 12), new(Pay.Fixed(1.Eur))),
            """
            {"model":"by-tenure","bands":[{"pays":{"model":"fixed","price":"2.00 EUR"},"months":12},
            {"pays":{"model":"fixed","price":"1.00 EUR"}}]}
            """
        },
        {
            Pay.Fixed(2.Eur).Recurring(first: 3, months: 12),
            """{"model":"recurring","inner":{"model":"fixed","price":"2.00 EUR"},"first":3,"months":12}"""
        },
        {
            Pay.Fixed(2.Eur).Recurring(),
            """{"model":"recurring","inner":{"model":"fixed","price":"2.00 EUR"}}"""
        },
        {
            Pay.Fixed(120.Eur).DrippedOver(12, PeriodUnit.Month, delay: 1),
            """
            {"model":"drip","inner":{"model":"fixed","price":"120.00 EUR"},"instalments":12,"every":"month","delay":1}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Composed))]
    [MemberData(nameof(Measured))]
    public void Terms_are_written_and_read_back(PayoutModel model, string json)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(json);
        string plain = json.ReplaceLineEndings(string.Empty);
        string written = TermJson.Write(model);

        written.Should().Be(plain);
        Read(plain).Should().Be(model);
        Catalog.Validate(model, "P").Should().BeEmpty();
        TermDigest.Of(Read(plain)).Should().Be(TermDigest.Of(model));
    }

    public static TheoryData<string, PayoutModel, string, string> WrongCompositions() => new()
    {
        { "floor of nothing", Pay.Fixed(1.Eur).FlooredAt(0.Eur), PayoutCodes.FloorNotPositive, "P.Floor" },
        { "inside a floor", Negative.FlooredAt(1.Eur), PayoutCodes.PriceNegative, "P.Inner.Price" },
        { "factor of nothing", Pay.Fixed(1.Eur).Times(0), PayoutCodes.FactorOutOfRange, "P.Factor" },
        { "factor above a thousand", Pay.Fixed(1.Eur).Times(1_001), PayoutCodes.FactorOutOfRange, "P.Factor" },
        { "factor of ten decimals", Pay.Fixed(1.Eur).Times(1.0000000001m), PayoutCodes.FactorOutOfRange, "P.Factor" },
        { "inside a factor", Negative.Times(2), PayoutCodes.PriceNegative, "P.Inner.Price" },
        { "sum of nothing", Pay.Sum(), PayoutCodes.ModelCount, "P.Models" },
        { "inside a sum", Pay.Fixed(1.Eur).Plus(Negative), PayoutCodes.PriceNegative, "P.Models[1].Price" },
        { "best of nothing", Pay.BestOf(), PayoutCodes.ModelCount, "P.Models" },
        { "inside a best", Pay.BestOf(Negative), PayoutCodes.PriceNegative, "P.Models[0].Price" },
        { "no case", Pay.FirstMatch(), PayoutCodes.CaseCount, "P.Cases" },
        {
            "case without a condition", Pay.FirstMatch(Pay.Case(null!, Pay.Fixed(1.Eur))),
            PayoutCodes.ConditionMissing, "P.Cases[0].When"
        },
        {
            "condition that is empty", Pay.FirstMatch(Pay.Case(When.All(Mobile, When.Any()), Pay.Fixed(1.Eur))),
            ConditionCodes.Empty, "P.Cases[0].When.Of[1].Of"
        },
        {
            "inside a case", Pay.FirstMatch(Pay.Case(Mobile, Negative)),
            PayoutCodes.PriceNegative, "P.Cases[0].Pays.Price"
        },
        {
            "inside the last resort", Pay.FirstMatch(Pay.Case(Mobile, Pay.Fixed(1.Eur))).Otherwise(Negative),
            PayoutCodes.PriceNegative, "P.Otherwise.Price"
        },
        { "no instalment", Pay.Fixed(1.Eur).DrippedOver(0), PayoutCodes.InstalmentCount, "P.Instalments" },
        { "too many instalments", Pay.Fixed(1.Eur).DrippedOver(121), PayoutCodes.InstalmentCount, "P.Instalments" },
        { "delay below zero", Pay.Fixed(1.Eur).DrippedOver(2, delay: -1), PayoutCodes.DripDelay, "P.Delay" },
        {
            "instalments every hour", Pay.Fixed(1.Eur).DrippedOver(2, PeriodUnit.Hour),
            PayoutCodes.DripPeriod, "P.Every"
        },
        {
            "instalments inside a cap", Pay.Fixed(1.Eur).DrippedOver(2).CappedAt(1.Eur),
            PayoutCodes.DripInside, "P.Inner"
        },
    };

    public static TheoryData<string, PayoutModel, string, string> WrongMeasures() => new()
    {
        { "price of the payout", Pay.PerUnit(1.Eur, Measure.Payout), PayoutCodes.MeasureRefused, "P.Of" },
        { "price of the value", Pay.PerUnit(1.Eur, Measure.Value), PayoutCodes.MeasureRefused, "P.Of" },
        { "size of nothing", Pay.PerUnit(1.Eur, Measure.Quantity, 0), PayoutCodes.SizeNotPositive, "P.Size" },
        { "share of a count", Pay.RevenueShare(1.Percent, Measure.Count), PayoutCodes.MeasureRefused, "P.Of" },
        { "no band", Pay.ByValue(), PayoutCodes.BandCount, "P.Bands" },
        { "bands of a count", Pay.Banded(Measure.Count, One), PayoutCodes.MeasureRefused, "P.Of" },
        { "only band with an end", Pay.ByValue(new Band(Pay.Fixed(1.Eur), 9)), PayoutCodes.BandEnd, "P.Bands[0].UpTo" },
        { "early band without an end", Pay.ByValue(One, One), PayoutCodes.BandEnd, "P.Bands[0].UpTo" },
        {
            "falling bands", Pay.ByValue(One with { UpTo = 9 }, One with { UpTo = 5 }, One),
            PayoutCodes.BandsNotAscending, "P.Bands[1].UpTo"
        },
        { "inside a band", Pay.ByValue(new Band(Negative)), PayoutCodes.PriceNegative, "P.Bands[0].Pays.Price" },
        { "no tenure", Pay.ByTenure(), PayoutCodes.BandCount, "P.Bands" },
        {
            "tenure of no month", Pay.ByTenure(new(Pay.Fixed(1.Eur), 0), new(Pay.Fixed(1.Eur))),
            PayoutCodes.TermOutOfRange, "P.Bands[0]"
        },
        {
            "tenures of one length", Pay.ByTenure(Half, Half, new(Pay.Fixed(1.Eur))),
            PayoutCodes.BandsNotAscending, "P.Bands[1].Months"
        },
        {
            "inside a tenure", Pay.ByTenure(new TenureBand(Negative)),
            PayoutCodes.PriceNegative, "P.Bands[0].Pays.Price"
        },
        { "first none", Pay.Fixed(1.Eur).Recurring(first: 0), PayoutCodes.TermOutOfRange, "P.First" },
        { "no months", Pay.Fixed(1.Eur).Recurring(months: 0), PayoutCodes.TermOutOfRange, "P.Months" },
        { "inside recurring", Negative.Recurring(1), PayoutCodes.PriceNegative, "P.Inner.Price" },
        {
            "volume inside the best", Pay.BestOf(Pay.Fixed(1.Eur), Pay.Volume(new Tier(1.Eur))),
            PayoutCodes.RepricingNested, "P.Models[1]"
        },
        {
            "volume inside a case", Pay.FirstMatch(Pay.Case(Mobile, Pay.Volume(new Tier(1.Eur)))),
            PayoutCodes.RepricingNested, "P.Cases[0].Pays"
        },
        {
            "volume inside a recurring sum", Pay.Fixed(1.Eur).Plus(Pay.Volume(new Tier(1.Eur))).Recurring(1),
            PayoutCodes.RepricingNested, "P.Inner.Models[1]"
        },
    };

    [Theory]
    [MemberData(nameof(WrongCompositions))]
    [MemberData(nameof(WrongMeasures))]
    public void Wrong_terms_are_named_with_code_and_path(string because, PayoutModel model, string code, string path) =>
        Catalog.Validate(model, "P").Select(static f => (f.ErrorCode, f.PropertyName))
            .Should().Equal([(code, path)], because);

    [Fact]
    public void What_re_prices_may_stand_in_sums_multiples_and_instalments() =>
        Catalog.Validate(Pay.Sum(Pay.Fixed(1.Eur), Pay.Volume(new Tier(1.Eur)).Times(2)).DrippedOver(2), "P")
            .Should().BeEmpty();

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        PayoutModel model = Pay.Sum(
            Negative,
            Pay.FirstMatch(Pay.Case(When.Any(), Pay.BestOf(Negative, Pay.RevenueShare(101.Percent)))),
            Pay.Fixed(1.Eur).Times(0).FlooredAt(0.Eur));

        IReadOnlyList<ValidationFailure> failures = Catalog.Validate(model, "Clauses[0].Pays");

        failures.Select(static f => f.PropertyName).Should().Equal(
            "Clauses[0].Pays.Models[0].Price",
            "Clauses[0].Pays.Models[1].Cases[0].When.Of",
            "Clauses[0].Pays.Models[1].Cases[0].Pays.Models[0].Price",
            "Clauses[0].Pays.Models[1].Cases[0].Pays.Models[1].Rate",
            "Clauses[0].Pays.Models[2].Floor",
            "Clauses[0].Pays.Models[2].Inner.Factor");
    }

    private static PayoutModel Read(string json) =>
        TermJson.Parse($$"""{"pays":{{json}}}""", static terms => Catalog.Read(terms, "pays"));
}
