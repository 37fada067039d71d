using FluentValidation;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 5: an integrator adds a payout rule of its own.</summary>
public sealed class AddAPayoutRule
{
    private static readonly TermCatalog Catalog = TermCatalog.Default with
    {
        Models = PayoutModelCatalog.Default.With("acme.weekend-bonus", WeekendBonus.Read, new WeekendBonusValidator()),
    };

    private static ContractDraft Draft(Percentage bonus) => ContractDraft.For("acme-2026")
        .PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", new WeekendBonus(Pay.RevenueShare(10.Percent), bonus).CappedAt(30.Eur));

    [Theory]
    [InlineData("a weekday pays the inner model", IsoDayOfWeek.Friday, "20.00 EUR")]
    [InlineData("half as much again, within the cap around it", IsoDayOfWeek.Saturday, "30.00 EUR")]
    public void Rule_nests_and_pays(string because, IsoDayOfWeek day, string amount)
    {
        ContractScenario scenario = new ContractScenario(Draft(60.Percent), Catalog)
            .At("2026-03-01 09:00").Click("p-blog", "cust-1")
            .At("2026-03-07 12:00")
            .Outcome("sale", "cust-1", 200.Eur, o => o with { Facts = o.Facts.With(WeekendBonus.LocalDay, day) });

        scenario.Invoking(s => s.ExpectEarned("p-blog", amount)).Should().NotThrow(because);
    }

    [Fact]
    public void Rule_is_read_validated_and_part_of_the_digest()
    {
        ContractDraft draft = Draft(20.Percent);

        CampaignJson.ParseContract(TermJson.Write(draft), Catalog).Should().Be(draft);
        Draft(130.Percent).Validate(Catalog).Errors.Should().ContainSingle()
            .Which.PropertyName.Should().Be("Clauses[0].Pays.Inner.Bonus");
        draft.Build(Catalog).Digest.Should().NotBe(Draft(21.Percent).Build(Catalog).Digest);
        draft.Validate().Errors.Should().ContainSingle().Which.ErrorCode.Should().Be(PayoutCodes.ModelUnknown);
    }
}

/// <summary>A bonus on what falls on a weekend.</summary>
public sealed record WeekendBonus(PayoutModel Inner, Percentage Bonus) : PayoutModel
{
    public static readonly FactKey<IsoDayOfWeek> LocalDay = new("local-day"); // the host puts the fact in

    public override string Tag => "acme.weekend-bonus";

    public override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

    public static WeekendBonus Read(TermReader terms, PayoutModelCatalog catalog) =>
        new(catalog.Read(terms, "inner"), terms.Value<Percentage>("bonus"));

    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        Accrual basis = sheet.Apply(Inner, context);
        if (context.Facts.TryGet(LocalDay, out IsoDayOfWeek day) && day is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)
        {
            sheet.Add(new("weekend-bonus", basis * Bonus) { Base = basis, Rate = Bonus });
        }
    }

    protected override void WriteCore(TermWriter terms)
    {
        terms.Terms("inner", Inner);
        terms.Value("bonus", Bonus);
    }
}

/// <summary>Says what is wrong with a <see cref="WeekendBonus"/>.</summary>
public sealed class WeekendBonusValidator : AbstractValidator<WeekendBonus>
{
    public WeekendBonusValidator() => RuleFor(w => w.Bonus.Fraction).InclusiveBetween(0, 1)
        .OverridePropertyName(nameof(WeekendBonus.Bonus))
        .WithErrorCode("acme.bonus-out-of-range").WithMessage("A bonus lies between 0% and 100%.");
}
