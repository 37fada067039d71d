using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A rolling reserve where debts are claimed.</summary>
public sealed class ReserveTests
{
    // Nobody is asked for what is held of him already: the reserve is there for what is taken back late.
    [Fact]
    public void Reserve_is_used_before_a_debt_is_claimed()
    {
        SettlementTerms terms = new() { Negative = NegativeBalance.Debt, Reserve = new(10.Percent, 90) };
        CampaignInput[] inputs =
        [
            Of(Sale("o1", "2026-01-03T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-02-03T12:00:00Z", 50.Eur)),
            Of(Returned("r1", "o2", "2026-03-03T12:00:00Z", 12.Eur)),
            Of(Retracted("r2", "o1", "2026-04-03T12:00:00Z")),
            Of(Sale("o3", "2026-05-03T12:00:00Z", 40.Eur)),
        ];
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(100.Percent)).SettledBy(terms).ToCampaign(),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));

        statements.Select(static s => $"{s.Period} withheld {s.Withheld} released {s.Released} pays {s.Payable} "
                + $"claims {s.Claimed} reserve {s.Reserve} closing {s.Closing}").Should().Equal(
            "2026-01 withheld 10.00 EUR released  pays 90.00 EUR claims  reserve 10.00 EUR closing 10.00 EUR",
            "2026-02 withheld 5.00 EUR released  pays 45.00 EUR claims  reserve 15.00 EUR closing 15.00 EUR",
            "2026-03 withheld  released 12.00 EUR pays 0.00 EUR claims  reserve 3.00 EUR closing 3.00 EUR",
            "2026-04 withheld  released 3.00 EUR pays 0.00 EUR claims 97.00 EUR reserve  closing 0.00 EUR",
            "2026-05 withheld 4.00 EUR released  pays 36.00 EUR claims  reserve 4.00 EUR closing 4.00 EUR",
            "2026-06 withheld  released  pays 0.00 EUR claims  reserve 4.00 EUR closing 4.00 EUR",
            "2026-07 withheld  released  pays 0.00 EUR claims  reserve 4.00 EUR closing 4.00 EUR",
            "2026-08 withheld  released 4.00 EUR pays 4.00 EUR claims  reserve  closing 0.00 EUR");
        for (int closed = 0; closed <= statements.Count; closed++)
        {
            StatementBook.Build(run.State.Campaign, run.Entries, statements.Take(closed), At("2027-06-01T00:00:00Z"))
                .Should().Equal(statements, "{0} are closed", closed);
        }

        AccountBook book = new(run.State.Campaign);
        foreach (Statement statement in statements)
        {
            foreach (LedgerEntry line in statement.Lines)
            {
                book.Post(line);
            }

            book.Close(statement);
            if (statement.Payable > 0.Eur)
            {
                EntryId payment = new(statement.Id.Value);
                book.Send(payment, statement.Contract, statement.Partner, statement.Payable, statement.To);
                book.Confirm(payment, statement.To);
            }

            Account account = new(statement.Contract, statement.Partner, AccountKind.Reserve, Currency.Eur);
            book.BalanceOf(account).Should().Be(statement.Reserve ?? 0.Eur);
            book.BalanceOf(account with { Kind = AccountKind.Payable }).Should().Be(0.Eur);
            book.BalanceOf(account with { Kind = AccountKind.ClawbackDue }).Should().Be(0.Eur);
        }
    }
}
