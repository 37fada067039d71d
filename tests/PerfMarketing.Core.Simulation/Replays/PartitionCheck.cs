using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// I15: two workers find ahead who brought outcomes, each half of them, and it makes no difference. Where outcomes have
/// no account, order or evidence in common, and no budget or limit is shared, two runs settle half of the log each.
/// </summary>
internal sealed class PartitionCheck(WorldPlan world, LiveRun live, SeededRandom random, Violations violations)
{
    private readonly Dictionary<string, string> leads = new(StringComparer.Ordinal);

    public void Run(LogReplay replay, Handed[] log)
    {
        RunPicture whole = new(replay);
        bool shares = world.IsWide || world.Budgets.Length > 0;
        if (!shares)
        {
            whole.Recorded = Link;
        }

        foreach (Handed one in log)
        {
            Link(one);
            replay.HandIn(whole.Run, one);
        }

        whole.At(live.Now);
        if (shares || random.Happens(250))
        {
            RunPicture ahead = PlayAhead(replay, log);
            new Differences(violations, "I15: with what two workers found ahead").CompareWhole(whole, ahead);
            return;
        }

        ulong salt = random.Next();
        RunPicture first = PlayAhead(replay, [.. log.Where(h => IsFirst(h, salt))]);
        RunPicture second = PlayAhead(replay, [.. log.Where(h => !IsFirst(h, salt))]);
        Compare(whole, first, second);
    }

    // One worker begins at the front and the other at the end; both are done before anything is decided.
    private RunPicture PlayAhead(LogReplay replay, Handed[] log)
    {
        RunPicture picture = new(replay);
        var found = new FoundCredit[log.Length];
        for (int i = 0; i < log.Length; i += 2)
        {
            Find(picture, replay, log, found, i);
            Find(picture, replay, log, found, log.Length - 1 - i - (log.Length % 2));
        }

        replay.Now = Instant.MinValue;
        for (int i = 0; i < log.Length; i++)
        {
            replay.HandIn(picture.Run, log[i], found[i]);
        }

        return picture.At(live.Now);
    }

    private static void Find(RunPicture picture, LogReplay replay, Handed[] log, FoundCredit[] found, int place)
    {
        if (place >= 0 && log[place].Input is { } input)
        {
            replay.Now = log[place].At;
            found[place] = picture.Run.Credits.Find(input);
        }
    }

    private bool IsFirst(Handed one, ulong salt) =>
        (Digest.Of(System.Text.Encoding.UTF8.GetBytes(LeadOf($"o/{one.About}"))).GetHashCode() & 1) == (int)(salt & 1);

    private void Compare(RunPicture whole, RunPicture first, RunPicture second)
    {
        const string Why = "I15: with the log settled in two parts";
        Dictionary<EntryId, LedgerEntry> entries = first.Entries();
        foreach ((EntryId id, LedgerEntry entry) in second.Entries())
        {
            violations.Require(entries.TryAdd(id, entry), $"{Why}: {id} is in both");
        }

        new Differences(violations, Why).Compare(whole.Entries(), entries);
        violations.Require(
            whole.Statements.ToHashSet().SetEquals(first.Statements.Concat(second.Statements)),
            $"{Why}: {whole.Statements.Count} statements are {first.Statements.Count} and {second.Statements.Count}");
    }

    private void Link(CampaignRecord record)
    {
        if (record is LedgerEntry entry)
        {
            Link(entry.OutcomeId, entry.Contract, entry.Partner.Value);
        }
        else if (record is OutcomeDecided decided)
        {
            foreach (LegDecision leg in decided.Legs)
            {
                foreach (Attribution.Credit credit in decided.Attribution?.Credits ?? [])
                {
                    Link(decided.OutcomeId, leg.Contract, credit.Partner.Value);
                }
            }
        }
    }

    // Some clauses tally the results of all partners together.
    private void Link(OutcomeId outcome, ContractId contract, string partner)
    {
        bool isTogether = world.Contracts.Any(c => c.Id == contract.Value && c.Clauses.Any(static k => k.Together));
        Link($"o/{outcome}", isTogether ? $"c/{contract}" : $"p/{contract}/{partner}");
    }

    private void Link(Handed one)
    {
        if (one.Outcome is { OrderId: { } order })
        {
            Link($"o/{one.About}", $"b/{order}");
        }

        if (one.Input is CampaignInput.OfEvidence { Verdict.ReplayKey: { } key })
        {
            Link($"o/{one.About}", $"e/{key}");
        }
    }

    private void Link(string left, string right) => leads[LeadOf(left)] = LeadOf(right);

    private string LeadOf(string name)
    {
        while (leads.TryGetValue(name, out string? lead) && lead != name)
        {
            name = lead;
        }

        return name;
    }
}
