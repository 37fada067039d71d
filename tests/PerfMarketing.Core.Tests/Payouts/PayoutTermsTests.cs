using FluentValidation.Results;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Payouts;

/// <summary>The models that are made of other models as terms: JSON, digest, validation.</summary>
public sealed class PayoutTermsTests
{
    private static readonly PayoutModelCatalog Catalog = PayoutModelCatalog.Default;

    private static readonly PayoutModel Negative = Pay.Fixed((-1).Eur);

    private static readonly Condition Mobile = When.Fact(Facts.Device).Is("mobile");

    public static TheoryData<PayoutModel, string> Written() => new()
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
        {
            Pay.Fixed(120.Eur).DrippedOver(12, PeriodUnit.Month, delay: 1),
            """
            {"model":"drip","inner":{"model":"fixed","price":"120.00 EUR"},"instalments":12,"every":"month","delay":1}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Written))]
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

    public static TheoryData<string, PayoutModel, string, string> Wrong() => new()
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

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_terms_are_named_with_code_and_path(string because, PayoutModel model, string code, string path) =>
        Catalog.Validate(model, "P").Select(static f => (f.ErrorCode, f.PropertyName))
            .Should().Equal([(code, path)], because);

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
