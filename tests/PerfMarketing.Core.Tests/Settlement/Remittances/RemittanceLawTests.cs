using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
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
            else if (made is not null)
            {
                book.Apply(RemittanceAnswer.Of(made.Id, RemittanceResult.Confirmed, After(month)));
            }

            ComeBack(book, (world.Returned >> (2 * month)) & 3, month);
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

    // Whenever payments come back, in the end a payee has what its statements say.
    [Fact]
    public void What_came_back_is_paid_again_and_no_more() => Check(static world =>
    {
        RemittanceBook book = new(Blog, Currency.Eur);
        for (int month = 1; month <= Months; month++)
        {
            RemittanceTerms terms = Terms(setsOff: (world.Agreed >> month) % 2 == 1);
            if (book.Plan(terms, world.Statements, After(month)).Remittance is { } made)
            {
                book.Apply(RemittanceAnswer.Of(made.Id, RemittanceResult.Confirmed, After(month)));
            }

            ComeBack(book, (world.Returned >> (2 * month)) & 3, month);
        }

        RemittancePlan last = book.Plan(Terms(), world.Statements, After(Months));
        Money taken = Sum(book.Remittances.Where(static r => r.IsStanding)
            .SelectMany(static r => r.Remittance.SetOffs).Select(static p => p.Amount));
        if (last.Carried >= 0.Eur)
        {
            taken.Should().BeLessThanOrEqualTo(0.Eur, "no more is given back than was taken");
            (book.Sent - taken).Should().Be(Sum(Closed(world, Months).Select(static s => s.Statement.Payable)));
        }
    });

    // What the bank was told is what the invoices of what is paid say, less what is set off and the payee's fees.
    [Fact]
    public void Sent_are_the_totals_of_the_invoices() => Check(static world =>
    {
        PayableStatement[] statements = [.. world.Statements.Select((s, i) => Invoiced(s, (world.Agreed + i) % 5))];
        RemittanceBook book = new(Blog, Currency.Eur);
        for (int month = 1; month <= Months; month++)
        {
            RemittanceFee fee = new() { Rate = 1.5m.Percent, Bearer = FeeBearer.Payee };
            RemittanceTerms terms = Terms(setsOff: (world.Agreed >> month) % 2 == 1, fee: fee);
            if (book.Plan(terms, statements, After(month)).Remittance is { } made)
            {
                bool isRefused = (world.Refused >> month) % 2 == 1;
                book.Apply(RemittanceAnswer.Of(
                    made.Id, isRefused ? RemittanceResult.Refused : RemittanceResult.Confirmed, After(month)));
            }

            ComeBack(book, (world.Returned >> (2 * month)) & 3, month);
            Remittance[] standing =
                [.. book.Remittances.Where(static r => r.IsStanding).Select(static r => r.Remittance)];
            var paid = standing.SelectMany(static r => r.Parts).Select(static p => p.Statement).ToHashSet();
            book.Sent.Should().Be(
                Sum(statements.Where(s => paid.Contains(s.Statement.Id))
                    .Select(static s => s.Invoice?.Total ?? s.Statement.Payable))
                + Sum(standing.SelectMany(static r => r.SetOffs).Select(static p => p.Amount))
                - Sum(standing.Select(static r => r.Fee!.Amount)));
        }
    });

    private const int Months = 6;

    private static PayableStatement Invoiced(PayableStatement given, int way) =>
        way == 0 || !StatementInvoice.IsDue(given.Statement) ? given : given with
        {
            Invoice = StatementInvoice.Of(given.Statement, new((way * 7).Percent, (way * 25).Percent), $"I-{way}"),
        };

    // One of those that were confirmed, the oldest, the newest, or none.
    private static void ComeBack(RemittanceBook book, int which, int month)
    {
        Remittance[] confirmed =
            [.. book.Remittances.Where(static r => r.IsConfirmed).Select(static r => r.Remittance)];
        if (which is 1 or 2 && confirmed.Length > 0)
        {
            RemittanceId id = (which == 1 ? confirmed[0] : confirmed[^1]).Id;
            book.Apply(RemittanceAnswer.Of(id, RemittanceResult.Returned, After(month)));
        }
    }

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
            from returned in Gen.Choose(0, (1 << (2 * (Months + 1))) - 1)
            select new World([.. Chain("a", a), .. Chain("b", b), .. Chain("c", c)], agreed, refused, returned);
        Prop.ForAll(worlds.ToArbitrary(), law).Check(Seeded);
    }

    private sealed record World(PayableStatement[] Statements, int Agreed, int Refused, int Returned);
}
