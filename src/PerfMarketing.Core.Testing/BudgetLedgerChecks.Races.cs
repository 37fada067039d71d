using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Testing;

/// <content>What holds when many ask at once, and over many requests.</content>
public static partial class BudgetLedgerChecks
{
    private const int HistoryCount = 40;
    private const int SequenceLength = 400;

    private static readonly BudgetId[] Choices = [Spring, Search, Social, Blog, Results];

    private static async Task Any_requests_are_answered_as_one_would_count_by_hand(
        IBudgetLedger ledger, CancellationToken token)
    {
        SeededRandom random = new(20_260_310);
        LedgerModel model = new(Plan);
        Instant asOf = Noon;
        for (int i = 0; i < SequenceLength; i++)
        {
            asOf += Duration.FromMinutes(random.Below(40));
            LedgerRequest request = Any(random, asOf, idCount: 120);
            LedgerDecision expected = model.Decide(request, asOf);
            LedgerDecision answer = await AskAsync(ledger, request, token, asOf).ConfigureAwait(false);
            if (!LedgerHistory.IsSame(expected, answer))
            {
                throw new ScenarioFailedException($"{i}: {request}", $"{expected}", $"{answer}", []);
            }
        }

        await ledger.ExpireAsync(asOf, token).ConfigureAwait(false);
        foreach (BudgetId line in Choices)
        {
            ValueList<BudgetSnapshot> read = await ledger.ReadAsync([line], asOf, token).ConfigureAwait(false);
            Expect.Equal(model.Read(line, asOf), (read[0].Committed, read[0].Reserved), $"What '{line}' has in use.");
        }
    }

    private static async Task As_many_callers_are_admitted_as_fit(IBudgetLedger ledger, CancellationToken token)
    {
        LedgerDecision[] answers = await RaceAsync(
            ledger, static i => Reserve($"r{i}", 4, Search) with { Count = 0 }, token).ConfigureAwait(false);
        Expect.Equal(10, answers.Count(static a => a.IsDone), "Ten times 4.00 fit into 40.00.");
        Expect.Equal(
            RacerCount - 10, answers.Count(static a => a.Code == BudgetReasons.Exhausted), "The others are refused.");
        await HoldsAsync(ledger, (Search, 0, 4_000), (Account, 0, 4_000)).ConfigureAwait(false);
    }

    private static async Task Of_many_callers_with_one_id_one_reservation_counts(
        IBudgetLedger ledger, CancellationToken token)
    {
        LedgerDecision[] answers = await RaceAsync(ledger, static _ => Reserve("r", 30, Search), token)
            .ConfigureAwait(false);
        Expect.Equal(true, Array.TrueForAll(answers, static a => a.IsDone), "All are told that it is set aside.");
        Expect.Equal(1, answers.Count(static a => !a.IsRepeat), "One of them is the first.");
        await HoldsAsync(ledger, (Search, 0, 3_000)).ConfigureAwait(false);
    }

    private static async Task Callers_below_one_parent_never_exceed_it(IBudgetLedger ledger, CancellationToken token)
    {
        LedgerDecision[] answers = await RaceAsync(
            ledger, static i => Reserve($"r{i}", 7, i % 2 == 0 ? Search : Social), token).ConfigureAwait(false);
        Expect.Equal(9, answers.Count(static a => a.IsDone), "Nine times 7.00 fit into the parent's 63.00.");
        await HoldsAsync(ledger, (Spring, 0, 6_300), (Account, 0, 6_300)).ConfigureAwait(false);
    }

    private static async Task Of_a_commit_and_a_release_at_once_one_wins(IBudgetLedger ledger, CancellationToken token)
    {
        long committed = 0;
        for (int round = 0; round < RacerCount; round++)
        {
            string id = $"r{round}";
            await DoneAsync(ledger, Reserve(id, 1, Search), token).ConfigureAwait(false);
            LedgerDecision[] answers = await RaceAsync(
                ledger, i => i % 2 == 0 ? Commit(id, 1) : new LedgerRequest.Release(new(id)), token)
                .ConfigureAwait(false);
            Expect.Equal(true, answers[0].IsDone, "What has a result is committed, first or late.");
            bool isLate = answers[0].Marks.HasFlag(CommitMarks.Late);
            bool isReleased = answers.Where(static (_, i) => i % 2 == 1).Any(static a => a.IsDone);
            Expect.Equal(isLate, isReleased, "It is late where it was released.");
            committed += 100;
        }

        await HoldsAsync(ledger, (Search, committed, 0)).ConfigureAwait(false);
    }

    private static async Task What_many_callers_commit_is_all_counted(IBudgetLedger ledger, CancellationToken token)
    {
        await RaceAsync(
            ledger,
            static i => Commit($"r{i / 2}", 9) with { Budgets = [i % 4 < 2 ? Search : Blog], At = Noon },
            token).ConfigureAwait(false);
        long all = RacerCount / 2 * 900;
        await HoldsAsync(ledger, (Account, all, 0), (Search, all, 0), (Blog, all / 2, 0)).ConfigureAwait(false);
    }

    private static async Task Answers_at_once_are_answers_one_after_the_other(
        IBudgetLedger ledger, CancellationToken token)
    {
        SeededRandom random = new(7);
        for (int round = 0; round < HistoryCount; round++)
        {
            // Each round has a month, and so a plan, to itself.
            Instant at = Noon + Duration.FromDays(31 * (round + 1));
            LedgerHistory history = new(at, static () => new LedgerModel(Plan).Decide);
            LedgerRequest[][] requests = [.. Enumerable.Range(0, 3).Select(_ =>
                Enumerable.Range(0, 3).Select(_ => Tight(random, at, round)).ToArray())];
            using Barrier start = new(requests.Length);
            await Task.WhenAll(requests.Select(mine => Task.Factory.StartNew(
                async () =>
                {
                    start.SignalAndWait(token);
                    foreach (LedgerRequest request in mine)
                    {
                        await history.AskAsync(ledger, request, token).ConfigureAwait(false);
                    }
                },
                token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap())).ConfigureAwait(false);
            history.Check();
        }
    }

    // Requests that are in each other's way: few ids, large amounts.
    private static LedgerRequest Tight(SeededRandom random, Instant at, int round)
    {
        ReservationId id = new($"h{round}-{random.Below(6)}");
        return random.Below(5) switch
        {
            0 => new LedgerRequest.Release(id),
            1 => new LedgerRequest.Commit(id, 20.Eur),
            _ => new LedgerRequest.Reserve(id, [Choices[random.Below(4)]], (10m * (1 + random.Below(3))).Eur, at),
        };
    }

    private static LedgerRequest Any(SeededRandom random, Instant asOf, int idCount)
    {
        ReservationId id = new($"a{random.Below(idCount)}");
        BudgetId line = Choices[random.Below(Choices.Length)];
        Instant at = asOf - Duration.FromHours(random.Below(30));
        Money amount = Money.FromMinor(random.Below(900), Currency.Eur);
        return random.Below(10) switch
        {
            0 => new LedgerRequest.Release(id),
            1 => new LedgerRequest.Commit(id, amount),
            8 => new LedgerRequest.Expect(id, line, at, amount.MinorUnits),
            9 when random.Below(4) == 0 => new LedgerRequest.ChangeLimit(id, line, at, amount.MinorUnits * 8),
            2 => new LedgerRequest.Commit(id, amount)
            {
                Budgets = [line],
                At = at,
                BoughtAt = at - Duration.FromHours(random.Below(20)),
            },
            3 => new LedgerRequest.Reverse(id, new($"c{random.Below(3)}"), amount) { Count = random.Below(2) },
            _ => new LedgerRequest.Reserve(id, [line], amount, at)
            {
                Expires = random.Below(2) == 0 ? null : asOf + Duration.FromHours(random.Below(20)),
            },
        };
    }

    private static Task<LedgerDecision[]> RaceAsync(
        IBudgetLedger ledger, Func<int, LedgerRequest> request, CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i => Task.Run(
            () => AskAsync(ledger, request(i), token), token)));
}
