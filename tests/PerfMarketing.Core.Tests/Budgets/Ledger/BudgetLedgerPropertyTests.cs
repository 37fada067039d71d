using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>What holds for any requests (the properties of budgets, §11.15 of the reference).</summary>
public sealed class BudgetLedgerPropertyTests
{
    private const int Length = 600;

    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetId[] Lines = [new("spring"), new("search"), new("social"), new("blog")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reserved_and_committed_never_exceed_a_limit_with_its_flex_by_two_threads(ulong seed)
    {
        BudgetLedger ledger = new(BudgetLedgerChecks.Plan);
        bool isOver = false;
        InParallel(2, thread =>
        {
            SeededRandom random = new((seed * 10) + (ulong)thread);
            for (int i = 0; i < Length * 5; i++)
            {
                ledger.Decide(Within(random, thread), Noon);
                isOver |= Lines.Any(l => IsOver(ledger.Read(l, Noon)!));
            }
        });

        isOver.Should().BeFalse();
        ledger.Read(Lines[0], Noon)!.Committed.Should().BeGreaterThan(0, "something was bought");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Reserved_and_committed_never_exceed_a_limit_with_its_flex_by_two_nodes(ulong seed)
    {
        BudgetLedger pool = new(BudgetLedgerChecks.Plan);
        bool isOver = false;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(node => Task.Run(async () =>
        {
            LeaseTerms terms = new($"node-{node}", nodeCount: 2, ttl: Duration.FromMinutes(1));
            using LeasedLedger ledger = new(pool, BudgetLedgerChecks.Plan, terms);
            SeededRandom random = new((seed * 10) + (ulong)node);
            Instant asOf = Noon;
            for (int i = 0; i < Length; i++)
            {
                asOf += Duration.FromMilliseconds(random.Below(100));
                LedgerRequest request = Within(random, node);
                await ledger.ApplyAsync([request], asOf, CancellationToken.None);
                isOver |= Lines.Any(l => IsOver(pool.Read(l, Noon)!));
            }

            await ledger.ReturnAsync(asOf, CancellationToken.None);
        })));

        isOver.Should().BeFalse();
        pool.Read(Lines[0], Noon)!.Committed.Should().BeGreaterThan(0, "something was bought");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_request_twice_is_every_request_once(ulong seed)
    {
        BudgetLedger once = new(BudgetLedgerChecks.Plan);
        BudgetLedger twice = new(BudgetLedgerChecks.Plan);
        SeededRandom random = new(seed);
        for (int i = 0; i < Length; i++)
        {
            LedgerRequest request = Any(random);
            LedgerDecision answer = once.Decide(request, Noon);
            twice.Decide(request, Noon).Should().Be(answer);
            LedgerDecision again = twice.Decide(request, Noon);
            (again.Code, again.Amount, again.Marks).Should().Be((answer.Code, answer.Amount, answer.Marks));
        }

        Standing(twice).Should().Equal(Standing(once));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Entries_make_the_same_ledger_again(ulong seed)
    {
        List<LedgerEntry> entries = [];
        BudgetLedger first = new(BudgetLedgerChecks.Plan) { Journal = entries.Add };
        SeededRandom random = new(seed);
        List<LedgerRequest> requests = [];
        for (int i = 0; i < Length; i++)
        {
            requests.Add(Any(random));
            first.Decide(requests[^1], Noon + Duration.FromMinutes(i));
        }

        List<LedgerEntry> read = entries.ConvertAll(static entry =>
        {
            TermFailures failures = [];
            LedgerEntry back = TermReader.Read(TermNode.Of(entry), failures, LedgerEntry.Read)!;
            failures.Should().BeEmpty();
            back.Should().Be(entry);
            return back;
        });
        BudgetLedger second = new(BudgetLedgerChecks.Plan, read);

        Standing(second).Should().Equal(Standing(first));
        foreach (LedgerRequest request in requests)
        {
            // What was left before a reservation is no part of what is stored.
            Instant later = Noon + Duration.FromDays(1);
            LedgerDecision answer = second.Decide(request, later);
            (first.Decide(request, later) with { Headroom = answer.Headroom }).Should().Be(answer);
        }
    }

    [Fact]
    public void The_order_of_refused_requests_changes_nothing()
    {
        SeededRandom random = new(4);
        var refused = Enumerable.Range(0, 40)
            .Select(i => (LedgerRequest)Reserve($"no-{i}", 64 + i, Lines[i % Lines.Length])).ToArray();
        List<string> seen = [];
        for (int round = 0; round < 20; round++)
        {
            random.Shuffle<LedgerRequest>(refused);
            BudgetLedger ledger = new(BudgetLedgerChecks.Plan);
            SeededRandom same = new(9);
            for (int i = 0; i < 120; i++)
            {
                ledger.Decide(Within(same, 0), Noon);
                ledger.Decide(refused[i % refused.Length], Noon).IsDone.Should().BeFalse();
            }

            seen.Add(string.Join('\n', Standing(ledger)));
        }

        seen.Distinct(StringComparer.Ordinal).Should().ContainSingle();
    }

    // Zones whose clocks change by an hour, by half an hour, by two, and at midnight.
    [Theory]
    [InlineData("Europe/Berlin", PeriodUnit.Day)]
    [InlineData("America/New_York", PeriodUnit.Hour)]
    [InlineData("Australia/Lord_Howe", PeriodUnit.Hour)]
    [InlineData("Antarctica/Troll", PeriodUnit.Day)]
    [InlineData("America/Havana", PeriodUnit.Day)]
    [InlineData("Africa/Cairo", PeriodUnit.Week)]
    public void What_the_periods_of_a_year_spent_is_what_was_spent(string zone, PeriodUnit per)
    {
        BudgetLine all = new(new("all"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Lifetime)
        {
            IsUnlimited = true,
        };
        BudgetLine part = all with { Id = new("part"), Per = per, Parent = all.Id };
        BudgetLedger ledger = new(new(Currency.Eur, zone, [all, part]));
        SeededRandom random = new(5);
        var calendar = ContractCalendar.In(zone);
        Instant start = Instant.FromUtc(2026, 1, 1, 12, 0);
        for (int i = 0; i < 4_000; i++)
        {
            Instant at = start + Duration.FromMinutes(random.Below(365 * 24 * 60));
            LedgerRequest.Commit commit = new(new($"r{i}"), Money.FromMinor(random.Below(500), Currency.Eur))
            {
                Budgets = [part.Id],
                At = at,
            };
            ledger.Decide(commit, at);
        }

        long sum = 0;
        for (CalendarPeriod period = calendar.Containing(per, start);
            period.Start < start + Duration.FromDays(366);
            period = calendar.Next(period))
        {
            sum += ledger.Read(part.Id, period.Start)!.Committed;
        }

        sum.Should().Be(ledger.Read(all.Id, start)!.Committed);
    }

    [Fact]
    public void Each_alert_is_given_once_by_two_threads()
    {
        BudgetLine line = new(new("all"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Month)
        {
            Limit = 100.Eur,
            Alerts = [.. Enumerable.Range(1, 20).Select(static i => (5 * i).Percent)],
        };
        BudgetLedger ledger = new(new(Currency.Eur, "Etc/UTC", [line]));
        List<Percentage>[] alerts = [[], []];
        InParallel(2, thread =>
        {
            for (int i = 0; i < 500; i++)
            {
                LedgerRequest.Commit commit = new(new($"{thread}-{i}"), 0.10m.Eur) { Budgets = [line.Id], At = Noon };
                alerts[thread].AddRange(ledger.Decide(commit, Noon).Alerts.Select(static a => a.Share));
            }
        });

        alerts.SelectMany(static a => a).Order().Should().Equal(line.Alerts.AsEnumerable());
    }

    [Fact]
    public async Task Histories_of_three_callers_are_linearizable()
    {
        string check = BudgetLedgerChecks.All.Names.Single(
            static n => n.StartsWith("Answers at once", StringComparison.Ordinal));
        for (int i = 0; i < 25; i++)
        {
            BudgetLedger ledger = new(BudgetLedgerChecks.Plan);
            Func<Task> run = () => BudgetLedgerChecks.All.RunAsync(check, ledger, CancellationToken.None);
            await run.Should().NotThrowAsync();
        }
    }

    private static bool IsOver(BudgetSnapshot line) => line.Committed + line.Reserved > line.Most;

    private static List<string> Standing(BudgetLedger ledger) =>
        [.. BudgetLedgerChecks.Plan.Lines.Select(l => $"{ledger.Read(l.Id, Noon)}")];

    private static LedgerRequest.Reserve Reserve(string id, decimal amount, BudgetId line) =>
        new(new(id), [line], amount.Eur, Noon);

    // Requests that cost at most what is set aside for them: a result that comes late is counted above the limit.
    private static LedgerRequest Within(SeededRandom random, int thread)
    {
        int id = random.Below(60);
        string name = $"t{thread}-{id}";
        LedgerRequest.Reserve reserve = Reserve(name, 1 + (id % 5), Lines[id % Lines.Length]);
        return random.Below(6) switch
        {
            0 or 1 when id % 3 == 0 => new LedgerRequest.Release(new(name)),
            0 or 1 => new LedgerRequest.Commit(new(name), Money.FromMinor(100 * (id % 5), Currency.Eur)),
            2 => new LedgerRequest.Reverse(new(name), new("c"), 1.Eur),
            _ => reserve,
        };
    }

    private static LedgerRequest Any(SeededRandom random)
    {
        ReservationId id = new($"a{random.Below(150)}");
        BudgetId line = Lines[random.Below(Lines.Length)];
        Money amount = Money.FromMinor(random.Below(700), Currency.Eur);
        return random.Below(8) switch
        {
            0 => new LedgerRequest.Release(id),
            1 => new LedgerRequest.Commit(id, amount),
            2 => new LedgerRequest.Commit(id, amount) { Budgets = [line], At = Noon },
            3 => new LedgerRequest.Reverse(id, new($"c{random.Below(3)}"), amount),
            4 => new LedgerRequest.Reserve(id, [line], amount, Noon) { From = new($"a{random.Below(150)}") },
            _ => new LedgerRequest.Reserve(id, [line], amount, Noon),
        };
    }

    private static void InParallel(int count, Action<int> work)
    {
        using Barrier barrier = new(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            barrier.SignalAndWait();
            work(i);
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());
    }
}
