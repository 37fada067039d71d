using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>What others see of a reservation over several lines that is not decided yet: nothing.</summary>
public sealed class LineWindowTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);

    [Fact]
    public async Task A_refusal_waits_for_what_may_be_given_back()
    {
        LineWindow window = Of(100);
        window.TryTake(60, isAlone: false, out _).Should().BeTrue();
        Task<bool> other = Task.Run(() => window.TryTake(50, isAlone: true, out _));
        await Task.Delay(50);

        // A line further down refused: the 60 go back, and the 50 fit.
        window.Give(60);
        window.Close();
        (await other).Should().BeTrue();
        window.Read().Reserved.Should().Be(50);
    }

    [Fact]
    public async Task A_refusal_stands_when_what_was_taken_stays()
    {
        LineWindow window = Of(100);
        window.TryTake(60, isAlone: false, out _).Should().BeTrue();
        Task<(bool, long)> other = Task.Run(() => (window.TryTake(50, isAlone: true, out long left), left));
        await Task.Delay(50);
        window.Close();

        (await other).Should().Be((false, 40));
    }

    [Fact]
    public async Task What_fits_beside_it_does_not_wait()
    {
        LineWindow window = Of(100);
        window.TryTake(60, isAlone: false, out _).Should().BeTrue();

        (await Task.Run(() => window.TryTake(40, isAlone: true, out _))).Should().BeTrue();
        window.Close();
    }

    [Fact]
    public async Task A_reading_waits_too()
    {
        LineWindow window = Of(100);
        window.Open();
        window.Take(60);
        Task<BudgetSnapshot> reading = Task.Run(window.Read);
        await Task.Delay(50);
        window.Commit(60);
        window.Close();

        BudgetSnapshot read = await reading;
        (read.Committed, read.Reserved, read.Available).Should().Be((60, 0, 40));
    }

    private static LineWindow Of(long units)
    {
        BudgetLine terms = new(new("b"), new(BudgetScopeKind.Account, "a"), PeriodUnit.Day)
        {
            Limit = Money.FromMinor(units, Currency.Eur),
        };
        return new LedgerLine(terms, null, ContractCalendar.Utc).Find(Noon)!;
    }
}
