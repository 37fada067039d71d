using System.Diagnostics;
using System.Globalization;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Tallies;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// What one more entry costs when there are many already: in the accounts, in the chain of records, in the whole tree.
/// </summary>
internal static class AppendGrowth
{
    private const int MostByDefault = 10_000_000;
    private const int Least = 100_000;
    private const int PartnerCount = 50;
    private const int EarningCount = 5_000;

    private static readonly Digest[] Leaves =
        [.. Enumerable.Range(0, 1_000).Select(static i => Digest.Of(BitConverter.GetBytes(i)))];

    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>Runs it: <c>--append [entries]</c>.</summary>
    public static void Run(ReadOnlySpan<string> args)
    {
        int most = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : MostByDefault;
        MerkleTree tree = new();
        Grow("tree", most, i => tree.Append(LeafOf(i)));
        RecordChain chain = RecordChain.Empty;
        Grow("chain", most, i => chain = chain.Append(LeafOf(i)));
        AccountBook book = new(Terms());
        Grow("accounts", most, i => book.Post(EntryOf(i)));
        Console.WriteLine($"{tree.Size} leaves, {chain.Size} links, {book.Groups.Count} groups");
    }

    // The last tenth on the way to 100,000, 1,000,000 …, collections included.
    private static void Grow(string what, int most, Action<int> append)
    {
        int done = 0;
        for (long size = Least; size <= most; size *= 10)
        {
            for (; done < size / 10 * 9; done++)
            {
                append(done);
            }

            int begin = done;
            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            for (; done < size; done++)
            {
                append(done);
            }

            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            Console.WriteLine($"{what}: {cpu.TotalNanoseconds / (done - begin):0} ns an append at {size:N0}, "
                + $"{GC.GetTotalMemory(false) >> 20} MiB");
        }
    }

    private static Digest LeafOf(int number) => Leaves[number % Leaves.Length];

    private static Campaign Terms()
    {
        ContractDraft draft = ContractDraft.For("shop").PaidBy("acme").In(Currency.Eur, "Europe/Berlin");
        for (int i = 0; i < PartnerCount; i++)
        {
            draft = draft.WithPartner(PartnerOf(i).Value);
        }

        return draft.Pays("sale", Pay.RevenueShare(12.Percent)).ToCampaign().Build();
    }

    private static PartnerId PartnerOf(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"p{number % PartnerCount}"));

    // Ten seconds after the one before, payable at once.
    private static Repricing EntryOf(int number)
    {
        Instant at = Begin + Duration.FromSeconds(10L * (number % 3_000_000));
        return new()
        {
            OutcomeId = new(string.Create(CultureInfo.InvariantCulture, $"o{number % EarningCount}")),
            DecidedAt = at,
            Id = new(string.Create(CultureInfo.InvariantCulture, $"e{number}")),
            Contract = new("shop"),
            Version = 1,
            Clause = new("sale"),
            Partner = PartnerOf(number),
            Amount = Money.FromMinor(100 + (number % 900), Currency.Eur),
            OccurredAt = at,
            PayableAt = at,
            CausedBy = new(string.Create(CultureInfo.InvariantCulture, $"c{number % EarningCount}")),
            TallyPeriod = "2026-01",
            Counted = Tally.Zero(Currency.Eur),
            Lines = [],
        };
    }
}
