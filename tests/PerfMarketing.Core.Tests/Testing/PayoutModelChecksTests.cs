using FluentValidation;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Testing;

public sealed class PayoutModelChecksTests
{
    private static readonly PayoutModelCatalog Catalog = PayoutModelCatalog.Default
        .With("acme.faulty", Faulty.Read, new FaultyValidator());

    private static readonly Dictionary<string, PayoutModel> Models = new(StringComparer.Ordinal)
    {
        ["fixed"] = Pay.Fixed(4.50m.Eur),
        ["revenue share"] = Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
        ["graduated"] = Pay.Tiered(new(1.20m.Eur, 100), new(0.90m.Eur)),
        ["volume"] = Pay.Volume(new(10.Eur, 3), new(4.Eur)),
        ["sum"] = Pay.Sum(Pay.Fixed(1.Eur), Pay.RevenueShare(5.Percent)),
        ["off the grid"] = Pay.Fixed(new Accrual(0.045m, Currency.Eur)),
        ["an integrator's"] = new Faulty(null, Pay.Fixed(2.Eur)),
    };

    public static TheoryData<string, string> Sound { get; } = ToData();

    [Theory]
    [MemberData(nameof(Sound))]
    public void Sound_models_pass(string model, string check)
    {
        Action run = () => new PayoutModelChecks(Models[model], Catalog).Run(check);

        run.Should().NotThrow();
    }

    [Theory]
    [InlineData("wrong terms", "Catalog knows the model and finds nothing wrong")]
    [InlineData("forgets", "Model reads back as it was")]
    [InlineData("hides", "Models inside are named")]
    [InlineData("counts calls", "Same outcome gets the same lines again")]
    [InlineData("counts threads", "Many threads get the same lines")]
    [InlineData("divides", "Any outcome is priced or too great")]
    [InlineData("claims order", "Period does not depend on the order of its outcomes")]
    [InlineData("adds a start", "Period sums to the payout of its tally")]
    public void Fault_is_found_by_its_check(string fault, string check)
    {
        Action run = () => new PayoutModelChecks(new Faulty(fault, Pay.Fixed(2.Eur)), Catalog).Run(check);

        run.Should().Throw<ScenarioFailedException>().Which.Expected.Should().NotBeEmpty();
    }

    [Fact]
    public void All_checks_run_and_others_do_not_exist()
    {
        PayoutModelChecks sound = new(Models["fixed"], Catalog) { Facts = [FactSet.Empty, FactSet.Empty] };
        PayoutModelChecks faulty = new(new Faulty("divides", Pay.Fixed(2.Eur)), Catalog);

        sound.Invoking(static c => c.RunAll()).Should().NotThrow();
        faulty.Invoking(static c => c.RunAll()).Should().Throw<ScenarioFailedException>();
        sound.Invoking(static c => c.Run("?")).Should().Throw<ArgumentException>();
    }

    private static TheoryData<string, string> ToData()
    {
        TheoryData<string, string> data = [];
        foreach (string model in Models.Keys)
        {
            foreach (string check in PayoutModelChecks.Names)
            {
                data.Add(model, check);
            }
        }

        return data;
    }

    /// <summary>An integrator's model that does one thing wrong, or none.</summary>
    private sealed record Faulty(string? Fault, PayoutModel Inner) : PayoutModel
    {
        private readonly int[] calls = [0];

        public override string Tag => "acme.faulty";

        public override bool ReadsTally => Fault is "claims order" or "adds a start";

        public override bool IsOrderFree => ReadsTally;

        public override ValueList<PayoutPart> Parts => Is("hides") ? [] : [new(nameof(Inner), Inner)];

        public static Faulty Read(TermReader terms, PayoutModelCatalog catalog) =>
            new(terms.Has("fault") ? terms.Text("fault") : null, catalog.Read(terms, "inner"));

        public bool Equals(Faulty? other) =>
            base.Equals(other) && string.Equals(Fault, other.Fault, StringComparison.Ordinal) && Inner == other.Inner;

        public override int GetHashCode() => HashCode.Combine(Fault, Inner);

        protected override void WriteCore(TermWriter terms)
        {
            if (Fault is not null && !Is("forgets"))
            {
                terms.Value("fault", Fault);
            }

            terms.Terms("inner", Inner);
        }

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
        {
            sheet.Apply(Inner, context);
            Accrual cent = new(0.01m, context.Currency);
            Accrual bonus = Fault switch
            {
                "counts calls" => cent * ++calls[0],
                "counts threads" => cent * Environment.CurrentManagedThreadId,
                "claims order" => context.Value * (1 + context.Before.Count),
                "adds a start" => context.Before.Count == 0 ? Accrual.Zero(context.Currency) : cent,
                _ => Accrual.Zero(context.Currency),
            };
            sheet.Add(new("bonus", bonus));
            if (Is("divides") && context.Quantity == 0)
            {
                throw new InvalidOperationException("No units.");
            }
        }

        private bool Is(string fault) => string.Equals(Fault, fault, StringComparison.Ordinal);
    }

    private sealed class FaultyValidator : AbstractValidator<Faulty>
    {
        public FaultyValidator() => RuleFor(static f => f.Fault).NotEqual("wrong terms")
            .WithErrorCode("acme.wrong").WithMessage("The terms are wrong.");
    }
}
