using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>Periods that are forgotten while somebody asks for them.</summary>
public sealed class LedgerForgetTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly Instant Later = Noon + Duration.FromDays(400);
    private static readonly BudgetLine Day =
        new(new("day"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Day) { Limit = 1.Eur };

    private static readonly BudgetLine Part = Day with { Id = new("part"), Parent = new("day") };
    private static readonly BudgetLine Shared = Day with
    {
        Windows = new(PeriodUnit.Day) { Rollover = Rollover.None },
        Per = PeriodUnit.Day,
    };

    private static readonly BudgetLine Rolling = new(new("day"), Day.Scope, PeriodUnit.Rolling)
    {
        Limit = 1.Eur,
        Windows = new(PeriodUnit.Rolling) { RollingDays = 1 },
    };

    [Fact]
    public void A_period_that_something_was_done_in_since_is_not_forgotten()
    {
        LineWindow window = Of(Day);
        long stamp = window.Stamp;
        window.TryHold().Should().BeTrue();
        window.TryRetire(stamp).Should().BeFalse("somebody holds it since");

        stamp = window.Stamp;
        window.Open();
        window.TryRetire(stamp).Should().BeFalse();
        window.TryRetire(window.Stamp).Should().BeFalse("somebody is within brackets");
        window.Close();
        window.TryRetire(stamp).Should().BeFalse();

        window.TryRetire(window.Stamp).Should().BeTrue();
        (window.IsRetired, window.TryHold()).Should().Be((true, false));
        window.Open();
        window.Close();
        window.IsRetired.Should().BeTrue("for ever");
    }

    // Of 1.00 each day one caller holds 1.00 at a time, whatever is forgotten meanwhile.
    [Theory]
    [InlineData("one line")]
    [InlineData("two lines")]
    [InlineData("windows")]
    [InlineData("rolling")]
    public async Task No_limit_is_passed_while_periods_are_forgotten(string kind)
    {
        BudgetLedger ledger = new(new(Currency.Eur, "Etc/UTC", kind switch
        {
            "two lines" => [Day, Part],
            "windows" => [Shared],
            "rolling" => [Rolling],
            _ => [Day],
        }));
        int held = 0;
        int most = 0;
        int done = 0;
        bool isOver = false;
        Task[] callers = [.. Enumerable.Range(0, 2).Select(caller => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                string id = $"{caller}-{i}";
                LedgerRequest.Reserve reserve =
                    new(new(id), [new(kind == "two lines" ? "part" : "day")], 1.Eur, Noon);
                if (ledger.Decide(reserve, Noon).IsDone)
                {
                    most = Math.Max(most, Interlocked.Increment(ref held));
                    Interlocked.Increment(ref done);
                    Interlocked.Decrement(ref held);
                    ledger.Decide(new LedgerRequest.Release(new(id)), Noon);
                }
            }
        }))];
        var forgetting = Task.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                ledger.Forget(Later);
            }
        });
        await Task.WhenAll(callers);
        Volatile.Write(ref isOver, true);
        await forgetting;

        most.Should().Be(1);
        done.Should().BePositive();
        ledger.Read(new("day"), Noon)!.Reserved.Should().Be(0);
        ledger.Forget(Later);
        ledger.Read(new("day"), Noon)!.Available.Should().Be(100);
    }

    private static LineWindow Of(BudgetLine terms)
    {
        CalendarPeriod period = ContractCalendar.Utc.Containing(PeriodUnit.Day, Noon);
        return new(new(terms, null, ContractCalendar.Utc), new(period.Key, period.Start, period.End));
    }
}
