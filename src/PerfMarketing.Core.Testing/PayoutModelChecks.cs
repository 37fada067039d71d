using System.Reflection;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Testing;

/// <summary>Checks that an integrator's payout model does what the library relies on; for any test runner.</summary>
/// <remarks>
/// The model is asked what it pays for outcomes of many values and quantities, with each of <see cref="Facts"/>. A
/// check that does not concern the model, such as order when it does not claim to be free of it, passes.
/// </remarks>
/// <example><code>
/// public static TheoryData&lt;string&gt; Checks => [.. PayoutModelChecks.Names];
///
/// [Theory, MemberData(nameof(Checks))]
/// public void Bonus_can_be_relied_on(string check) => new PayoutModelChecks(model, catalog).Run(check);
/// </code></example>
public sealed partial class PayoutModelChecks
{
    private const int ThreadCount = 8;

    private static readonly Dictionary<string, Action<PayoutModelChecks>> All = Named(
        Catalog_knows_the_model_and_finds_nothing_wrong,
        Model_reads_back_as_it_was,
        Terms_that_are_wrong_are_refused,
        Other_terms_make_another_model,
        Models_inside_are_named,
        Same_outcome_gets_the_same_lines_again,
        Many_threads_get_the_same_lines,
        Nothing_is_remembered_between_outcomes,
        Culture_of_the_thread_changes_nothing,
        Code_asks_neither_clock_nor_chance_nor_files,
        Any_outcome_is_priced_or_too_great,
        Nothing_is_paid_below_zero,
        Parts_of_a_credit_sum_to_the_whole,
        Period_does_not_depend_on_the_order_of_its_outcomes,
        Period_sums_to_the_payout_of_its_tally);

    private static readonly decimal[] Values = [0, 0.01m, 1, 9.99m, 12.34m, 100, 250, 999.99m, 10_000];
    private static readonly decimal[] Quantities = [1, 2, 7, 100];

    private readonly PayoutModel model;
    private readonly PayoutModelCatalog catalog;

    /// <summary>Checks a model.</summary>
    /// <param name="model">The model, with terms that are right.</param>
    /// <param name="catalog">The catalog in which the model is registered.</param>
    public PayoutModelChecks(PayoutModel model, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(catalog);
        this.model = model;
        this.catalog = catalog;
    }

    /// <summary>What is checked, one sentence each.</summary>
    public static ValueList<string> Names { get; } = [.. All.Keys];

    /// <summary>The facts that outcomes have; one outcome without any by default.</summary>
    public ValueList<FactSet> Facts { get; init; } = [FactSet.Empty];

    /// <summary>The contract's currency; the euro by default.</summary>
    public Currency Currency { get; init; } = Currency.Eur;

    /// <summary>
    /// Models whose terms the catalog must refuse; null, the default, changes each number of the model's own terms to
    /// numbers far out of range and wants some of them refused. An empty list says that no terms are wrong.
    /// </summary>
    public ValueList<PayoutModel>? Refused { get; init; }

    /// <summary>Whether an outcome may cost the partner something; it may not by default.</summary>
    public bool PaysBelowZero { get; init; }

    /// <summary>Runs one check.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ScenarioFailedException">The model cannot be relied on.</exception>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public void Run(string name)
    {
        if (!All.TryGetValue(name, out Action<PayoutModelChecks>? check))
        {
            throw new ArgumentException($"There is no check '{name}'.", nameof(name));
        }

        try
        {
            check(this);
        }
        catch (ScenarioFailedException failed)
        {
            failed.Check = name;
            throw;
        }
        catch (Exception thrown)
        {
            throw new ScenarioFailedException("What is asked of it throws nothing.", thrown) { Check = name };
        }
    }

    /// <summary>Runs all checks, one after another; the first that fails ends it.</summary>
    /// <exception cref="ScenarioFailedException">The model cannot be relied on.</exception>
    public void RunAll()
    {
        foreach (string name in All.Keys)
        {
            Run(name);
        }
    }

    private static void Catalog_knows_the_model_and_finds_nothing_wrong(PayoutModelChecks it)
    {
        Expect.Equal("valid", it.Verdict(it.model), "The terms.");
    }

    private static void Model_reads_back_as_it_was(PayoutModelChecks it)
    {
        PayoutModel read = it.Reread();
        Expect.Equal(it.model, read, "Written and read again.");
        Expect.Equal(it.model.GetHashCode(), read.GetHashCode(), "The hash code of what is read.");
        Expect.Equal(TermDigest.Of(it.model), TermDigest.Of(read), "The digest of what is read.");
    }

    // A model that its owner keeps to itself is not validated, and no clause knows that it reads the tally.
    private static void Models_inside_are_named(PayoutModelChecks it)
    {
        foreach (PropertyInfo property in it.model.GetType().GetProperties())
        {
            IEnumerable<PayoutModel> inside = property.GetIndexParameters().Length > 0 ? []
                : property.GetValue(it.model) switch
                {
                    PayoutModel inner => [inner],
                    IEnumerable<PayoutModel> several => several,
                    _ => [],
                };
            foreach (PayoutModel inner in inside)
            {
                bool isNamed = it.model.Parts.Any(part => part.Model == inner);
                Expect.Equal("a part", isNamed ? "a part" : "hidden", $"The model in {property.Name}.");
            }
        }
    }

    private static void Same_outcome_gets_the_same_lines_again(PayoutModelChecks it)
    {
        PayoutModel read = it.Reread();
        PayoutSheet sheet = new();
        Payout[] first = [.. it.Outcomes().Select(o => it.model.Compute(o))];
        int next = first.Length;
        foreach (PayoutContext outcome in it.Outcomes().Reverse())
        {
            next--;
            it.model.Compute(outcome, sheet);
            Expect.Equal(first[next], sheet.ToPayout(), $"The same outcome once more: {Text(outcome)}.");
            Expect.Equal(first[next], read.Compute(outcome), $"The same terms, read again: {Text(outcome)}.");
        }
    }

    private static void Many_threads_get_the_same_lines(PayoutModelChecks it)
    {
        Payout[] first = [.. it.Outcomes().Select(o => it.model.Compute(o))];
        int same = 0;
        using Barrier begin = new(ThreadCount);
        Thread[] threads =
        [
            .. Enumerable.Repeat(0, ThreadCount).Select(_ => new Thread(() =>
            {
                begin.SignalAndWait();
                if (it.GivesAgain(first))
                {
                    Interlocked.Increment(ref same);
                }
            })),
        ];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());
        Expect.Equal(ThreadCount, same, "Threads that get the same lines.");
    }

    // Arithmetic that ends too great is refused with a reason; anything else would stop a whole run.
    private static void Any_outcome_is_priced_or_too_great(PayoutModelChecks it)
    {
        Accrual greatest = new(Money.MinorUnitsMax, it.Currency);
        PayoutContext[] extremes =
        [
            new(Accrual.Zero(it.Currency)) { Quantity = 0 },
            new(new(-1, it.Currency)),
            new(greatest) { Quantity = Money.MinorUnitsMax },
            new(new(0.000000000001m, it.Currency)) { Quantity = 0.000000001m },
        ];
        foreach (PayoutContext extreme in extremes)
        {
            foreach (FactSet facts in it.Facts.Prepend(FactSet.Empty))
            {
                string thrown = Thrown(it.model, it.Fit(extreme with { Facts = facts }));
                Expect.Equal("a payout", thrown, $"Priced: {Text(extreme)}.");
            }
        }
    }

    private static void Parts_of_a_credit_sum_to_the_whole(PayoutModelChecks it)
    {
        if (it.model.UsesTally)
        {
            return;
        }

        (Clause clause, ClausePricing pricing) = (it.ToClause(), new());
        Tally none = Tally.Zero(it.Currency);
        foreach (PayoutContext outcome in it.Outcomes())
        {
            Basis basis = BasisOf(outcome);
            Money whole = pricing.Price(clause, basis, [new(new("a"), 3, none)], 3)[0].Amount;
            ValueList<PricedShare> parts =
                pricing.Price(clause, basis, [new(new("a"), 1, none), new(new("b"), 2, none)], 3);
            Expect.Equal(whole, parts[0].Amount + parts[1].Amount, $"A third and two thirds: {Text(outcome)}.");
        }
    }

    private static void Period_does_not_depend_on_the_order_of_its_outcomes(PayoutModelChecks it)
    {
        if (!it.model.IsOrderFree || !it.model.UsesTally)
        {
            return;
        }

        PayoutContext[] outcomes = [.. it.Outcomes()];
        Money expected = it.Period(outcomes).Total;
        for (int turn = 1; turn < outcomes.Length; turn++)
        {
            PayoutContext[] turned = [.. outcomes[turn..].Reverse(), .. outcomes[..turn]];
            Expect.Equal(expected, it.Period(turned).Total, "What the same outcomes pay in another order.");
        }
    }

    private static void Period_sums_to_the_payout_of_its_tally(PayoutModelChecks it)
    {
        if (!it.model.IsOrderFree || !it.model.UsesTally)
        {
            return;
        }

        (Clause clause, ClausePricing pricing) = (it.ToClause(), new());
        PayoutContext[] outcomes = [.. it.Outcomes()];
        for (int count = 1; count <= outcomes.Length; count++)
        {
            (Money total, Tally tally) = it.Period(outcomes[..count]);
            Money payout = pricing.TotalOf(clause, tally).Round(clause.Rounding.Mode);
            Expect.Equal(payout, total, $"What the first {count} outcomes pay.");
        }
    }

    private static Dictionary<string, Action<PayoutModelChecks>> Named(
        params ReadOnlySpan<Action<PayoutModelChecks>> checks)
    {
        Dictionary<string, Action<PayoutModelChecks>> named = new(StringComparer.Ordinal);
        foreach (Action<PayoutModelChecks> check in checks)
        {
            named.Add(check.Method.Name.Replace('_', ' '), check);
        }

        return named;
    }

    private static Basis BasisOf(in PayoutContext outcome) => new(outcome.Value, outcome.Quantity, outcome.Facts);

    private static string Text(in PayoutContext outcome) => $"{outcome.Value}, {outcome.Quantity} units";

    private static string Thrown(PayoutModel model, in PayoutContext outcome)
    {
        try
        {
            _ = model.Compute(outcome);
            return "a payout";
        }
        catch (ArithmeticException)
        {
            return "a payout";
        }
#pragma warning disable CA1031 // Whatever a model throws is what the check reports.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return thrown.GetType().Name;
        }
    }

    // What a thread throws would end the whole process.
    private bool GivesAgain(Payout[] first)
    {
        try
        {
            return Outcomes().Select(o => model.Compute(o)).SequenceEqual(first);
        }
#pragma warning disable CA1031 // Whatever a model throws is what the check reports.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private PayoutModel Reread() => Read(Written());

    private IEnumerable<PayoutContext> Outcomes() =>
        from facts in Facts
        from quantity in Quantities
        from value in Values
        select Fit(new(new(value, Currency)) { Quantity = quantity, Facts = facts });

    // A model that reads the tally is only asked within a period.
    private PayoutContext Fit(in PayoutContext outcome) => outcome with
    {
        IsCumulative = model.UsesTally,
        Counted = new(1, outcome.Quantity, outcome.Value, Accrual.Zero(Currency)),
    };

    private (Money Total, Tally Tally) Period(IEnumerable<PayoutContext> outcomes)
    {
        (Clause clause, ClausePricing pricing) = (ToClause(), new());
        (Money total, Tally tally) = (Money.Zero(Currency), Tally.Zero(Currency));
        foreach (PayoutContext outcome in outcomes)
        {
            PricedShare share = pricing.Price(clause, BasisOf(outcome), [new(new("a"), 1, tally)], 1)[0];
            total += share.Amount + share.Repriced;
            tally += share.Counted;
        }

        return (total, tally);
    }

    // A unit price off the grid is only allowed where the period is rounded.
    private Clause ToClause()
    {
        TermCatalog terms = TermCatalog.Default with { Models = catalog };
        ContractDraft draft = ContractDraft.For("check").PaidBy("payer").WithPartner("a").WithPartner("b")
            .In(Currency, "Etc/UTC").Pays("sale", model);
        ClauseDraft perPeriod = draft.Clauses[0].Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period);
        return draft.TryBuild(out Contract? contract, out _, terms)
            ? contract.Clauses[0]
            : (draft with { Clauses = [perPeriod] }).Build(terms).Clauses[0];
    }

    private sealed record Holder(PayoutModel Model) : ITerms
    {
        public const string Name = "pays";

        public void Write(TermWriter terms) => terms.Terms(Name, Model);
    }
}
