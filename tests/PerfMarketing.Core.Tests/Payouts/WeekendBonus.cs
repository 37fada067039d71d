using FluentValidation;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Payouts;

/// <summary>An integrator's own model: a bonus on what falls on a weekend.</summary>
public sealed record WeekendBonus(PayoutModel Inner, Percentage Bonus) : PayoutModel
{
    public const string TagName = "acme.weekend-bonus";

    public static readonly FactKey<IsoDayOfWeek> LocalDay = new("local-day");

    public override string Tag => TagName;

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

public sealed class WeekendBonusValidator : AbstractValidator<WeekendBonus>
{
    public WeekendBonusValidator() =>
        RuleFor(w => w.Bonus.Fraction).InclusiveBetween(0, 1)
            .OverridePropertyName(nameof(WeekendBonus.Bonus))
            .WithErrorCode("acme.bonus-out-of-range").WithMessage("A bonus lies between 0% and 100%.");
}
