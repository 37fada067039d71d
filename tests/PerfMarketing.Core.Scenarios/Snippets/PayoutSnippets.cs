using FluentValidation;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/payouts.md.</summary>
public sealed class PayoutSnippets
{
    [Fact]
    public void Compose_models()
    {
        #region compose
        PayoutModel lead = Pay.Fixed(4.50m.Eur);
        PayoutModel sale = Pay.RevenueShare(12.Percent).CappedAt(80.Eur);
        PayoutModel install = Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur));

        Payout payout = sale.Compute(new PayoutContext(value: 1_000.Eur));
        string why = payout.Explain();
        #endregion

        why.Should().Be("revenue-share 120.00 EUR\ncap -40.00 EUR\ntotal 80.00 EUR");
        lead.Compute(new(0.Eur)).Total.Should().Be((Accrual)4.50m.Eur);
        install.UsesTally.Should().BeTrue();
    }

    [Fact]
    public void Count_tiers()
    {
        PayoutModel install = Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur));

        #region tiers
        PayoutContext second = new(value: 0.Eur)
        {
            Quantity = 60,
            Counted = Tally.Zero(Currency.Eur) with { Count = 1, Quantity = 60 },
            IsCumulative = true,
            Before = Tally.Zero(Currency.Eur) with { Quantity = 90 },
        };

        string why = install.Compute(second).Explain();
        #endregion

        why.Should().Be("tier-1 12.00 EUR\ntier-2 45.00 EUR\ntotal 57.00 EUR");
    }

    [Fact]
    public void Add_a_model()
    {
        #region register
        PayoutModelCatalog catalog = PayoutModelCatalog.Default
            .With("acme.weekend-bonus", WeekendBonus.Read, new WeekendBonusValidator());

        PayoutModel model = new WeekendBonus(Pay.RevenueShare(10.Percent), Bonus: 50.Percent).CappedAt(12.Eur);
        FactSet saturday = FactSet.Empty.With(WeekendBonus.LocalDay, IsoDayOfWeek.Saturday);

        string why = model.Compute(new PayoutContext(100.Eur) { Facts = saturday }).Explain();
        #endregion

        why.Should().Be("revenue-share 10.00 EUR\nweekend-bonus 5.00 EUR\ncap -3.00 EUR\ntotal 12.00 EUR");
        catalog.Validate(model, "Pays").Should().BeEmpty();
    }

    #region model
    public sealed record WeekendBonus(PayoutModel Inner, Percentage Bonus) : PayoutModel
    {
        public static readonly FactKey<IsoDayOfWeek> LocalDay = new("local-day");   // the host puts the fact in

        public override string Tag => "acme.weekend-bonus";

        public override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

        public static WeekendBonus Read(TermReader terms, PayoutModelCatalog catalog) =>
            new(catalog.Read(terms, "inner"), terms.Value<Percentage>("bonus"));

        protected override void WriteCore(TermWriter terms)
        {
            terms.Terms("inner", Inner);
            terms.Value("bonus", Bonus);
        }

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
        {
            Accrual basis = sheet.Apply(Inner, context);
            if (context.Facts.TryGet(LocalDay, out IsoDayOfWeek day) && day >= IsoDayOfWeek.Saturday)
            {
                sheet.Add(new("weekend-bonus", basis * Bonus) { Base = basis, Rate = Bonus });
            }
        }
    }

    public sealed class WeekendBonusValidator : AbstractValidator<WeekendBonus>
    {
        public WeekendBonusValidator() => RuleFor(w => w.Bonus.Fraction).InclusiveBetween(0, 1)
            .OverridePropertyName(nameof(WeekendBonus.Bonus))
            .WithErrorCode("acme.bonus-out-of-range").WithMessage("A bonus lies between 0% and 100%.");
    }
    #endregion
}
