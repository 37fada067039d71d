using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Remittances;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>Laws of what is paid, whatever was earned, agreed and refused.</summary>
public sealed class RemittanceLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_261_122, 7);

    [Fact]
    public void Never_more_is_sent_than_was_payable() => Check(static world =>
    {
        RemittanceBook book = new(Blog, Currency.Eur);
        for (int month = 1; month <= Months; month++)
        {
            // Whether set-off is agreed changes from month to month.
            RemittanceTerms terms = Terms(setsOff: (world.Agreed >> month) % 2 == 1);
            Remittance? made = book.Plan(terms, world.Statements, After(month)).Remittance;
            Money payable = Sum(Closed(world, month).Select(static s => s.Statement.Payable));
            book.Sent.Should().BeLessThanOrEqualTo(payable);
            if (made is not null && (world.Refused >> month) % 2 == 1)
            {
                book.Apply(RemittanceAnswer.Of(made.Id, RemittanceResult.Refused, After(month)));
            }
        }

        book.Remittances.Select(static r => r.Remittance.Id).Should().OnlyHaveUniqueItems();
        book.Remitted.Should().OnlyHaveUniqueItems();
    });

    [Fact]
    public void Sent_and_carried_are_all_that_is_owed() => Check(static world =>
    {
        foreach (bool setsOff in new[] { false, true })
        {
            RemittanceBook book = new(Blog, Currency.Eur);
            for (int month = 1; month <= Months; month++)
            {
                RemittancePlan plan = book.Plan(
                    Terms(minimum: 15.Eur, setsOff: setsOff), world.Statements, After(month));
                Money debt = Sum(Closed(world, month).GroupBy(static s => s.Statement.Contract)
                    .Select(static c => Money.Min(c.MaxBy(static s => s.Statement.To)!.Statement.Closing, 0.Eur)));
                Money owed = Sum(Closed(world, month).Select(static s => s.Statement.Payable))
                    + (setsOff ? debt : 0.Eur);
                (book.Sent + plan.Carried).Should().Be(owed);
                if (plan.Remittance is { } made && (world.Refused >> month) % 2 == 1)
                {
                    book.Apply(RemittanceAnswer.Of(made.Id, RemittanceResult.Refused, After(month)));
                }
            }
        }
    });

    [Fact]
    public void Order_and_repetition_of_statements_do_not_matter() => Check(static world =>
    {
        RemittanceBook book = new(Blog, Currency.Eur);
        RemittancePlan forth = RemittancePlan.Of(Terms(setsOff: true), world.Statements, book, After(Months));
        RemittancePlan back = RemittancePlan.Of(
            Terms(setsOff: true), world.Statements.Reverse().Concat(world.Statements), book, After(Months));

        back.Should().Be(forth);
    });

    private const int Months = 6;

    private static IEnumerable<PayableStatement> Closed(World world, int month) =>
        world.Statements.Where(s => s.Statement.To <= After(month));

    private static Money Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate(0.Eur, static (sum, amount) => sum + amount);

    private static void Check(Action<World> law)
    {
        Gen<World> worlds =
            from a in Gen.Choose(-40, 60).ArrayOf(Months)
            from b in Gen.Choose(-40, 60).ArrayOf(Months)
            from c in Gen.Choose(-40, 60).ArrayOf(Months)
            from agreed in Gen.Choose(0, 255)
            from refused in Gen.Choose(0, 255)
            select new World([.. Chain("a", a), .. Chain("b", b), .. Chain("c", c)], agreed, refused);
        Prop.ForAll(worlds.ToArbitrary(), law).Check(Seeded);
    }

    private sealed record World(PayableStatement[] Statements, int Agreed, int Refused);
}
