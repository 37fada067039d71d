using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>What holds for lines with windows whatever is asked, by one caller and by two at once.</summary>
public sealed class LedgerWindowsPropertyTests
{
    private static readonly BudgetId Id = new("line");
    private static readonly Instant Start = On(2026, 11, 1);

    private static readonly Dictionary<string, BudgetWindowTerms> Kinds = new(StringComparer.Ordinal)
    {
        ["month"] = Month,
        ["average"] = Average,
        ["google"] = BudgetWindowTerms.Google,
        ["meta"] = BudgetWindowTerms.Meta,
        ["amazon"] = BudgetWindowTerms.Amazon,
        ["own days"] = new(PeriodUnit.Month) { Days = new() { CarryUnused = false } },
        ["half month"] = new(PeriodUnit.HalfMonth) { Days = new() { BorrowAhead = true } },
        ["rolling"] = new(PeriodUnit.Rolling) { RollingDays = 5 },
        ["weeks that roll over"] = new(PeriodUnit.Week) { Rollover = Rollover.Whole },
        ["days that roll over"] = new(PeriodUnit.Day) { Rollover = Rollover.Capped, RolloverMax = 2m },
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    // Counted by hand: what days used, and what the windows say of them.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_line_gives_what_its_windows_say(string kind)
    {
        BudgetWindowTerms terms = Kinds[kind];
        BudgetWindows windows = new(terms);
        LimitHistory limits = new(1_000) { Since = Start };
        BudgetLine line = Line(terms);
        BudgetLedger ledger = new(new(Currency.Eur, "Etc/UTC", [line]));
        Dictionary<Instant, long> used = [];
        SeededRandom random = new(11);
        Instant asOf = Start;
        for (int i = 0; i < 1_500; i++)
        {
            asOf += Duration.FromMinutes(random.Below(60));
            Instant at = Instant.Max(Start, asOf - Duration.FromHours(random.Below(4) == 0 ? random.Below(200) : 0));
            Instant day = windows.At(at)!.Value.Start;
            long amount = 1 + random.Below(300);
            switch (random.Below(12))
            {
                case 0 when i % 10 == 0:
                    long limit = 500 + random.Below(1_500);
                    long before = ledger.Read(Id, asOf) is { } now ? (now.Whole ?? now) is var w
                        ? w.Committed + w.Reserved : 0 : 0;
                    ledger.Decide(new LedgerRequest.Change(new($"x{i}"), Line(terms, limit)), asOf)
                        .IsDone.Should().BeTrue();
                    limits = limits.Change(asOf, limit, before);
                    break;
                case 1:
                    ledger.Decide(
                        new LedgerRequest.Commit(new($"c{i}"), Eur(amount)) { Budgets = [Id], At = at }, asOf);
                    used[day] = used.GetValueOrDefault(day) + amount;
                    break;
                default:
                    LedgerDecision decision = ledger.Decide(
                        new LedgerRequest.Reserve(new($"r{i}"), [Id], Eur(amount), at), asOf);
                    long left = Left(windows, limits, used, at);
                    decision.IsDone.Should().Be(amount <= left, $"{i}: {amount} of {left} on {day}");
                    if (decision.IsDone)
                    {
                        used[day] = used.GetValueOrDefault(day) + amount;
                    }
                    else
                    {
                        decision.Headroom.Should().Be(left);
                    }

                    break;
            }
        }

        used.Values.Sum().Should().BeGreaterThan(5_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_threads_never_take_more_than_windows_allow(string kind)
    {
        BudgetWindowTerms terms = Kinds[kind];
        BudgetLine line = Line(terms, 2_000);
        BudgetLedger ledger = new(new(Currency.Eur, "Etc/UTC", [line]));
        BudgetWindows windows = new(terms);
        Instant[] days = [.. Enumerable.Range(0, 14).Select(static i => Start + Duration.FromDays(i))];
        using Barrier barrier = new(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(thread => new Thread(() =>
        {
            SeededRandom random = new((ulong)thread + 3);
            for (int i = 0; i < days.Length * 150; i++)
            {
                // Day by day together: what a day is asked for afterwards lowers what later ones had.
                Instant at = days[i / 150];
                if (i % 150 == 0)
                {
                    barrier.SignalAndWait();
                }

                ledger.Decide(new LedgerRequest.Reserve(new($"{thread}-{i}"), [Id], Eur(1 + random.Below(40)), at), at);
                if (random.Below(6) == 0)
                {
                    ledger.Decide(new LedgerRequest.Release(new($"{thread}-{i}")), at);
                }
            }
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());

        WindowUse[] uses = [.. days.Select(d => windows.At(d)!.Value.Start).Distinct()
            .Select(start => new WindowUse(start, ledger.Read(Id, start)!.Reserved))];
        foreach (Instant day in days)
        {
            BudgetSnapshot read = ledger.Read(Id, day)!;
            read.Reserved.Should().BeLessThanOrEqualTo(read.Most!.Value, read.Window);
            (read.Whole?.Reserved ?? 0).Should().BeLessThanOrEqualTo(read.Whole?.Most ?? 0);
        }

        uses.Sum(static u => u.Used).Should().BeGreaterThan(500, "something was bought");
    }

    // Backdated too: any five days in a row stay within the limit.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_rolling_days_stay_within_the_limit_by_two_threads(ulong seed)
    {
        BudgetLedger ledger = new(new(Currency.Eur, "Etc/UTC", [Line(Kinds["rolling"])]));
        using Barrier barrier = new(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(thread => new Thread(() =>
        {
            SeededRandom random = new((seed * 7) + (ulong)thread);
            barrier.SignalAndWait();
            for (int i = 0; i < 1_500; i++)
            {
                Instant at = Start + Duration.FromDays(random.Below(12));
                ledger.Decide(new LedgerRequest.Reserve(new($"{thread}-{i}"), [Id], Eur(1 + random.Below(60)), at), at);
                if (random.Below(3) == 0)
                {
                    ledger.Decide(new LedgerRequest.Release(new($"{thread}-{random.Below(i + 1)}")), at);
                }
            }
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());

        long[] days = [.. Enumerable.Range(0, 16)
            .Select(i => ledger.Read(Id, Start + Duration.FromDays(i))!.Reserved)];
        for (int i = 4; i < days.Length; i++)
        {
            days[(i - 4)..(i + 1)].Sum().Should().BeLessThanOrEqualTo(1_000);
        }

        days.Sum().Should().BeGreaterThan(1_000);
    }

    // The ledger itself, asked by one caller, says what would be right.
    [Theory]
    [InlineData("month")]
    [InlineData("rolling")]
    [InlineData("weeks that roll over")]
    public async Task Small_histories_are_linearizable(string kind)
    {
        BudgetPlan plan = new(Currency.Eur, "Etc/UTC",
        [
            Line(Kinds[kind], 2_000),
            new(new("part"), new(BudgetScopeKind.Partner, "p"), PeriodUnit.Day) { Parent = Id, Limit = 3.Eur },
        ]);
        SeededRandom random = new(5);
        for (int round = 0; round < 150; round++)
        {
            Instant asOf = Start + Duration.FromDays(9);
            BudgetLedger ledger = new(plan);
            LedgerHistory history = new(asOf, () => new BudgetLedger(plan).Decide);
            LedgerRequest[][] requests = [.. Enumerable.Range(0, 3).Select(_ =>
                Enumerable.Range(0, 3).Select(_ => Tight(random)).ToArray())];
            using Barrier start = new(requests.Length);
            await Task.WhenAll(requests.Select(mine => Task.Factory.StartNew(
                async () =>
                {
                    start.SignalAndWait();
                    foreach (LedgerRequest request in mine)
                    {
                        await history.AskAsync(ledger, request, CancellationToken.None);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            FluentActions.Invoking(history.Check).Should().NotThrow();
        }
    }

    [Fact]
    public async Task Two_nodes_never_take_more_than_windows_allow()
    {
        BudgetPlan plan = new(Currency.Eur, "Etc/UTC", [Line(Month, 30_000)]);
        BudgetLedger pool = new(plan);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(node => Task.Run(async () =>
        {
            using LeasedLedger ledger = new(pool, plan, new($"n{node}", 2, Duration.FromMinutes(1)));
            SeededRandom random = new((ulong)node + 1);
            Instant asOf = Start;
            for (int i = 0; i < 400; i++)
            {
                asOf += Duration.FromMinutes(random.Below(40));
                LedgerRequest.Reserve reserve = new(new($"{node}-{i}"), [Id], Eur(1 + random.Below(90)), asOf);
                await ledger.ApplyAsync([reserve], asOf, CancellationToken.None);
            }

            await ledger.ReturnAsync(asOf, CancellationToken.None);
        })));

        for (int day = 0; day < 6; day++)
        {
            BudgetSnapshot read = pool.Read(Id, Start + Duration.FromDays(day))!;
            read.Reserved.Should().BeLessThanOrEqualTo(2_000, "twice the share of a day").And.BeGreaterThan(0);
            read.Whole!.Reserved.Should().BeLessThanOrEqualTo(30_000);
        }
    }

    private static BudgetLine Line(BudgetWindowTerms terms, long limit = 1_000) =>
        new(Id, new(BudgetScopeKind.Campaign, "spring"), terms.Per)
        {
            Limit = Eur(limit),
            Windows = terms,
            Since = Start,
            AtCap = CapBehavior.StopAdmission,
        };

    private static Money Eur(long units) => Money.FromMinor(units, Currency.Eur);

    private static LedgerRequest Tight(SeededRandom random)
    {
        ReservationId id = new($"h{random.Below(6)}");
        Instant at = Start + Duration.FromDays(random.Below(3));
        return random.Below(5) switch
        {
            0 => new LedgerRequest.Release(id),
            1 => new LedgerRequest.Commit(id, Eur(150)),
            _ => new LedgerRequest.Reserve(
                id, [random.Below(3) == 0 ? Id : new("part")], Eur(50 * (1 + random.Below(4))), at),
        };
    }

    private static long Left(BudgetWindows windows, LimitHistory limits, Dictionary<Instant, long> used, Instant at)
    {
        WindowLimit today = LimitOf(windows, limits, used, at);
        long left = today.Left;
        if (windows.Terms.Days is not null)
        {
            // The whole window counts later days too.
            long whole = LimitOf(windows, limits, used, today.Whole.End - Duration.FromNanoseconds(1)).WholeLimit;
            long inUse = used.Where(u => today.Whole.Contains(u.Key)).Sum(static u => u.Value);
            left = Math.Min(left, Math.Max(0, whole - inUse));
        }

        for (int i = 1; windows.Terms.Per == PeriodUnit.Rolling && i < windows.Terms.RollingDays; i++)
        {
            Instant later = at + Duration.FromDays(i);
            if (used.ContainsKey(windows.At(later)!.Value.Start))
            {
                left = Math.Min(left, LimitOf(windows, limits, used, later).Left);
            }
        }

        return left;
    }

    // By the limit that holds last in the window.
    private static WindowLimit LimitOf(
        BudgetWindows windows, LimitHistory limits, Dictionary<Instant, long> used, Instant at)
    {
        BudgetWindow window = windows.At(at)!.Value;
        Instant last = limits.Changes.Count > 0 ? limits.Changes[^1].At : Start;
        Instant instant = Instant.Max(
            window.Start, Instant.Min(last, window.End - Duration.FromNanoseconds(1)));
        return windows.LimitAt(
            instant, limits, new(used.Select(static u => new WindowUse(u.Key, u.Value))));
    }
}
