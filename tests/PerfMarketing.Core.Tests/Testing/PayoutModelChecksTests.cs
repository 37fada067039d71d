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
    [InlineData("below zero", "Nothing is paid below zero")]
    [InlineData("counts calls", "Nothing is remembered between outcomes")]
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

    [Theory]
    [InlineData("culture", "Culture of the thread changes nothing")]
    [InlineData("culture of a name", "Culture of the thread changes nothing")]
    [InlineData("culture in terms", "Culture of the thread changes nothing")]
    [InlineData("cache", "Nothing is remembered between outcomes")]
    [InlineData("greatest", "Nothing is remembered between outcomes")]
    [InlineData("clock", "Code asks neither clock nor chance nor files")]
    [InlineData("equals all", "Other terms make another model")]
    public void Impure_model_is_found_by_its_check(string fault, string check)
    {
        PayoutModelCatalog catalog = PayoutModelCatalog.Default
            .With("acme.impure", Impure.Read, new ImpureValidator());
        PayoutModel model = fault == "clock" ? new Clocked(1m) : new Impure(fault, 0.5m);
        PayoutModelCatalog known = catalog.With("acme.clocked", Clocked.Read, new InlineValidator<Clocked>());
        PayoutModelChecks checks = new(model, known);

        checks.Invoking(c => c.Run(check)).Should().Throw<ScenarioFailedException>()
            .Which.Check.Should().Be(check);
        new PayoutModelChecks(new Impure("none", 0.5m), known).Invoking(c => c.Run(check)).Should().NotThrow();
    }

    [Fact]
    public void Validator_that_refuses_nothing_is_found()
    {
        PayoutModelCatalog blind = PayoutModelCatalog.Default
            .With("acme.impure", Impure.Read, new InlineValidator<Impure>());
        PayoutModelCatalog seeing = PayoutModelCatalog.Default
            .With("acme.impure", Impure.Read, new ImpureValidator());
        PayoutModel model = new Impure("none", 0.5m);
        const string check = "Terms that are wrong are refused";
        ValueList<PayoutModel> wrong = [new Impure("none", -5m)];

        new PayoutModelChecks(model, seeing).Invoking(static c => c.RunAll()).Should().NotThrow();
        new PayoutModelChecks(model, seeing) { Refused = wrong }.Invoking(static c => c.RunAll()).Should().NotThrow();
        new PayoutModelChecks(model, blind) { Refused = [] }.Invoking(static c => c.RunAll()).Should().NotThrow();
        new PayoutModelChecks(model, blind).Invoking(static c => c.Run(check))
            .Should().Throw<ScenarioFailedException>().WithMessage("*accepted: x = -1*");
        new PayoutModelChecks(model, blind) { Refused = wrong }.Invoking(static c => c.Run(check))
            .Should().Throw<ScenarioFailedException>().WithMessage("*-5*");
    }

    [Fact]
    public void Model_that_says_so_may_pay_below_zero()
    {
        PayoutModelChecks checks = new(new Faulty("below zero", Pay.Fixed(2.Eur)), Catalog) { PaysBelowZero = true };

        checks.Invoking(static c => c.RunAll()).Should().NotThrow();
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
                "below zero" => cent * -300,
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

    /// <summary>An integrator's model that depends on more than its terms and the outcome.</summary>
    private sealed record Impure(string Fault, decimal X) : PayoutModel
    {
        private static readonly Dictionary<decimal, decimal> Cache = [];
        private static decimal greatest;

        public override string Tag => "acme.impure";

        public static Impure Read(TermReader terms, PayoutModelCatalog catalog)
        {
            string fault = terms.Text("fault");
            return new(fault, decimal.Parse(terms.Text("x"), CultureOf(fault)));
        }

        public bool Equals(Impure? other) => other is not null && (Is("equals all") || (base.Equals(other)
            && X == other.X && string.Equals(Fault, other.Fault, StringComparison.Ordinal)));

        public override int GetHashCode() => Fault.GetHashCode(StringComparison.Ordinal);

        protected override void WriteCore(TermWriter terms)
        {
            terms.Value("fault", Fault);
            terms.Value("x", X.ToString(CultureOf(Fault)));
        }

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
        {
            decimal amount = Fault switch
            {
                "culture" => decimal.Parse("1,5", Thread.CurrentThread.CurrentCulture),
                "culture of a name" => Thread.CurrentThread.CurrentCulture.Name.StartsWith("tr", Exactly) ? 1 : 2,
                "cache" => Cached(context.Quantity, context.Value.Amount),
                "greatest" => greatest = Math.Max(greatest, context.Value.Amount),
                _ => X,
            };
            sheet.Add(new("bonus", new Accrual(amount, context.Currency)));
        }

        private static StringComparison Exactly => StringComparison.Ordinal;

        private static System.Globalization.CultureInfo CultureOf(string fault) => fault == "culture in terms"
            ? Thread.CurrentThread.CurrentCulture
            : System.Globalization.CultureInfo.InvariantCulture;

        private static decimal Cached(decimal quantity, decimal value)
        {
            lock (Cache)
            {
                return Cache.TryAdd(quantity, value) ? value : Cache[quantity];
            }
        }

        private bool Is(string fault) => string.Equals(Fault, fault, StringComparison.Ordinal);
    }

    private sealed class ImpureValidator : AbstractValidator<Impure>
    {
        public ImpureValidator() => RuleFor(static i => i.X).InclusiveBetween(0, 100)
            .WithErrorCode("acme.x").WithMessage("X lies between 0 and 100.");
    }

    /// <summary>An integrator's model that looks at the clock.</summary>
    private sealed record Clocked(decimal X) : PayoutModel
    {
        public override string Tag => "acme.clocked";

        public static Clocked Read(TermReader terms, PayoutModelCatalog catalog) => new(terms.Number("x"));

        protected override void WriteCore(TermWriter terms) => terms.Number("x", X);

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet) =>
            sheet.Add(new("bonus", new Accrual(X * Rush(), context.Currency)));

#pragma warning disable RS0030 // The fault that the check must find.
        private static int Rush() => DateTime.UtcNow.Hour > 17 ? 2 : 1;
#pragma warning restore RS0030
    }

    private sealed class FaultyValidator : AbstractValidator<Faulty>
    {
        public FaultyValidator() => RuleFor(static f => f.Fault).NotEqual("wrong terms")
            .WithErrorCode("acme.wrong").WithMessage("The terms are wrong.");
    }
}
