using FluentValidation;
using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

/// <summary>Clauses of periods as terms of a contract: JSON, digest, validation.</summary>
public sealed class PeriodClauseTests
{
    public static TheoryData<PeriodPayout, string> Written() => new()
    {
        { new Retainer(500.Eur), """{"kind":"retainer","amount":"500.00 EUR"}""" },
        {
            new Retainer(500.Eur) { Proration = PeriodProration.Fixed30 },
            """{"kind":"retainer","amount":"500.00 EUR","proration":"fixed30"}"""
        },
        { new Growth(50.Percent), """{"kind":"growth","rate":"50%"}""" },
        {
            new Growth(50.Percent) { Of = Measure.OfFact("net"), BaselinePeriod = "2026-06", Clauses = [new("sale")] },
            """{"kind":"growth","rate":"50%","of":"fact:net","clauses":["sale"],"baselinePeriod":"2026-06"}"""
        },
        { new Growth(50.Percent) { Baseline = 10_000.5m }, """{"kind":"growth","rate":"50%","baseline":10000.5}""" },
        { new Growth(50.Percent) { Back = 12 }, """{"kind":"growth","rate":"50%","back":12}""" },
        {
            new Pooled(40.Percent)
            {
                Of = Measure.OfFact("gross"),
                Deductions = [new(Measure.OfFact("bonus")), new(Measure.OfFact("gross")) { Rate = 15.Percent }],
                Carry = PeriodCarry.Forward,
            },
            """
            {"kind":"pooled","rate":"40%","of":"fact:gross","deductions":[{"of":"fact:bonus"},
            {"of":"fact:gross","rate":"15%"}],"carry":"forward"}
            """
        },
        {
            new Milestone([new(100, 20.Eur)])
            {
                Of = Measure.Payout,
                Counting = PeriodCounting.Lifetime,
                Partners = [new("p-mail")],
            },
            """
            {"kind":"milestone","steps":[{"at":100,"bonus":"20.00 EUR"}],"of":"payout","counting":"lifetime",
            "partners":["p-mail"]}
            """
        },
        {
            new Every(100, 10.Eur) { UpTo = 1_000 },
            """{"kind":"every","units":100,"bonus":"10.00 EUR","upTo":1000}"""
        },
        {
            new PerformanceBonus(2.Percent, 200.Eur),
            """{"kind":"performance-bonus","rate":"2%","above":"200.00 EUR"}"""
        },
        {
            new Override(10.Percent) { Of = Measure.Value, Partners = [new("p-mail")] },
            """{"kind":"override","rate":"10%","of":"value","partners":["p-mail"]}"""
        },
        { new FeeShare(30.Percent, Measure.OfFact("fee")), """{"kind":"fee-share","rate":"30%","of":"fact:fee"}""" },
        {
            new Guarantee(250.Eur) { Accumulates = true, Clauses = [new("sale")] },
            """{"kind":"guarantee","minimum":"250.00 EUR","accumulates":true,"clauses":["sale"]}"""
        },
        {
            new Draw(2_400.Eur) { Proration = PeriodProration.None },
            """{"kind":"draw","amount":"2400.00 EUR","proration":"none"}"""
        },
    };

    public static TheoryData<string, PeriodPayout, string, string> Wrong() => new()
    {
        { "too great a rate", new Growth(101.Percent), PayoutCodes.RateOutOfRange, "Periods[0].Pays.Rate" },
        {
            "counts are no amount", new Growth(1.Percent) { Of = Measure.Count },
            PeriodCodes.Measure, "Periods[0].Pays.Of"
        },
        { "no period back", new Growth(1.Percent) { Back = 0 }, PeriodCodes.Baseline, "Periods[0].Pays.Back" },
        {
            "two baselines", new Growth(1.Percent) { Baseline = 1, BaselinePeriod = "2026-01" },
            PeriodCodes.Baseline, "Periods[0].Pays.BaselinePeriod"
        },
        { "a rate below zero", new Pooled((-1).Percent), PayoutCodes.RateOutOfRange, "Periods[0].Pays.Rate" },
        {
            "a deduction that is no amount", new Pooled(1.Percent) { Deductions = [new(Measure.Quantity)] },
            PeriodCodes.Measure, "Periods[0].Pays.Deductions[0].Of"
        },
        { "no step", new Milestone([]), PeriodCodes.Steps, "Periods[0].Pays.Steps" },
        {
            "steps that fall", new Milestone([new(2, 1.Eur), new(2, 1.Eur)]), PeriodCodes.Steps, "Periods[0].Pays.Steps"
        },
        {
            "a step that pays nothing", new Milestone([new(2, 0.Eur)]),
            PeriodCodes.AmountNotPositive, "Periods[0].Pays.Steps[0].Bonus"
        },
        {
            "another contract's price", new Milestone([new(2, 1.Eur)]) { Of = Measure.OfLeg(new("net")) },
            PeriodCodes.Measure, "Periods[0].Pays.Of"
        },
        { "no units", new Every(0, 1.Eur), PeriodCodes.Units, "Periods[0].Pays.Units" },
        { "an end below the units", new Every(10, 1.Eur) { UpTo = 9 }, PeriodCodes.Units, "Periods[0].Pays.Units" },
        {
            "a threshold below zero", new PerformanceBonus(2.Percent, (-1).Eur),
            PeriodCodes.ThresholdNegative, "Periods[0].Pays.Above"
        },
        {
            "a name twice", new Override(2.Percent) { Partners = [new("p-mail"), new("p-mail")] },
            PeriodCodes.NamedTwice, "Periods[0].Pays.Partners"
        },
        { "fees that are units", new FeeShare(2.Percent, Measure.Quantity), PeriodCodes.Measure, "Periods[0].Pays.Of" },
        { "a retainer of nothing", new Retainer(0.Eur), PeriodCodes.AmountNotPositive, "Periods[0].Pays.Amount" },
        { "a minimum of nothing", new Guarantee(0.Eur), PeriodCodes.AmountNotPositive, "Periods[0].Pays.Minimum" },
        { "a draw of nothing", new Draw(0.Eur), PeriodCodes.AmountNotPositive, "Periods[0].Pays.Amount" },
        { "another currency", new Draw(5.Usd), ContractCodes.CurrencyMismatch, "Periods[0].Pays.Amount" },
        {
            "a partner of nobody", new Override(2.Percent) { Partners = [new("p-else")] },
            ContractCodes.PeriodPartner, "Periods[0]"
        },
        {
            "a clause that is not there", new Guarantee(1.Eur) { Clauses = [new("lead")] },
            ContractCodes.PeriodClauseNamed, "Periods[0]"
        },
        {
            "a clause that comes later", new PerformanceBonus(1.Percent, 1.Eur) { Clauses = [new("own")] },
            ContractCodes.PeriodClauseNamed, "Periods[0]"
        },
        { "a kind of nobody", new Unregistered(), PeriodCodes.KindUnknown, "Periods[0].Pays" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Payout_is_written_and_read_back(PeriodPayout payout, string json)
    {
        PeriodClauseDraft clause = new() { Id = new("own"), Pays = payout };
        ContractDraft draft = Draft() with { Periods = [clause] };
        string written = TermJson.Write(draft);

        TermJson.Write(payout).Should().Be(json.ReplaceLineEndings(string.Empty));
        CampaignJson.ParseContract(written).Should().Be(draft);
        draft.Validate().Errors.Should().BeEmpty();
        TermDigest.Of(TermNode.Of(draft)).Should().NotBe(TermDigest.Of(TermNode.Of(Draft())));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string because, PeriodPayout payout, string code, string path)
    {
        ContractDraft draft = Draft() with { Periods = [new() { Id = new("own"), Pays = payout }] };

        draft.Validate().Errors.Select(static e => $"{e.ErrorCode} {e.PropertyName}").Should()
            .Equal([$"{code} {path}"], because);
    }

    [Theory]
    [InlineData("hours", PeriodUnit.Hour, PeriodProration.Actual, ContractCodes.PeriodUnit)]
    [InlineData("a flight", PeriodUnit.Flight, PeriodProration.Actual, ContractCodes.PeriodUnit)]
    [InlineData("weeks have no months", PeriodUnit.Week, PeriodProration.Fixed30, ContractCodes.PeriodProration)]
    public void Periods_are_calendar_periods(string because, PeriodUnit per, PeriodProration proration, string code)
    {
        Retainer retainer = new(10.Eur) { Proration = proration };

        Draft().PaysPer(per, retainer).Validate().Errors.Select(static e => $"{e.ErrorCode} {e.PropertyName}")
            .Should().Equal([$"{code} Periods[0].Per"], because);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        PeriodClauseDraft own = new() { Id = new("sale"), Pays = new Retainer(0.Eur), Partners = [new("x"), new("x")] };
        PeriodClauseDraft none = new() { Id = default, Pays = null! };

        (Draft() with { Periods = [own, none] }).Validate().Errors.Select(static e => e.ErrorCode).Should()
            .BeEquivalentTo(
                ContractCodes.ClauseDuplicate, PeriodCodes.AmountNotPositive, PeriodCodes.NamedTwice,
                ContractCodes.PeriodPartner, PeriodCodes.KindMissing, ContractCodes.ClauseUnnamed);
    }

    [Fact]
    public void Clauses_of_one_kind_are_told_apart_by_number() =>
        Draft().PaysPer(PeriodUnit.Month, new Retainer(1.Eur), "p-blog")
            .PaysPer(PeriodUnit.Year, new Retainer(2.Eur), "p-mail").Build().Periods
            .Select(static p => $"{p.Id} {p.Per} {string.Join(' ', p.Partners)}").Should()
            .Equal("retainer Month p-blog", "retainer-2 Year p-mail");

    [Fact]
    public void Kind_of_an_integrator_is_read_after_one_registration()
    {
        TermCatalog catalog = TermCatalog.Default with
        {
            Periods = PeriodPayoutCatalog.Default.With(
                "acme.loyalty", static _ => new Unregistered(), new InlineValidator<Unregistered>()),
        };
        ContractDraft draft = Draft().PaysPer(PeriodUnit.Month, new Unregistered());

        CampaignJson.ParseContract(TermJson.Write(draft), catalog).Build(catalog).Periods[0].Pays.Tag.Should()
            .Be("acme.loyalty");
    }

    private static ContractDraft Draft() => ContractDraft.For("acme").PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.RevenueShare(10.Percent));

    private sealed record Unregistered : PeriodPayout
    {
        public override string Tag => "acme.loyalty";

        public override PeriodStage Stage => PeriodStage.Bonus;

        protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet) => context.Balance;

        protected override void WriteCore(TermWriter terms)
        {
        }
    }
}
