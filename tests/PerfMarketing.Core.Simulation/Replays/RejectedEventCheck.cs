using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// I16: events that are refused, are about nothing or were told before change nothing but the list of what was refused.
/// </summary>
internal sealed class RejectedEventCheck(WorldPlan world, LiveRun live, SeededRandom random, Violations violations)
{
    private const int AddedMax = 40;

    private readonly Currency currency = Currency.Parse(world.Contracts[0].Currency);
    private readonly List<OutcomeId> added = [];
    private EvidenceVerdict[] genuine = [];

    // Whoever waits is looked at again when something comes for it, forged or not: what is set aside for it then may
    // be more or less, by what others have earned meanwhile.
    private readonly bool setsAside = world.IsWide || world.Budgets.Length > 0;
    private int number;

    public void Run(LogReplay replay, Handed[] log)
    {
        genuine = [.. log.Select(static h => h.Input).OfType<CampaignInput.OfEvidence>().Select(static e => e.Verdict)
            .Where(static v => v.IsValid)];
        RunPicture without = replay.Play(log, live.Now);
        RunPicture with = replay.Play(With(log), live.Now);
        Differences differences = new(violations, "I16: with events that are refused");
        Dictionary<OutcomeId, string> standings = with.Standings(isWhy: false);
        foreach (OutcomeId id in added)
        {
            standings.Remove(id, out string? standing);
            violations.Require(
                standing?.StartsWith("rejected", StringComparison.Ordinal) == true,
                $"I16: {id}, which nobody brought, is {standing}");
        }

        differences.Compare(without.Entries(), with.Entries());
        differences.Compare(
            without.StatementsByName(static s => s),
            with.StatementsByName(static s => s),
            static s => TermJson.Write(s));
        (Dictionary<OutcomeId, string> before, Dictionary<OutcomeId, string> after) =
            Decided(without.Standings(isWhy: false), standings);
        differences.Compare(before, after, static s => s);
        differences.Compare(without.Rooms(with), with.Rooms(without), static r => r.ToString());
    }

    // Who waits is decided again whenever something comes for it, by touches too that came late: what it waits for, and
    // who would be credited, may be another by then.
    private static (Dictionary<OutcomeId, string> Before, Dictionary<OutcomeId, string> After) Decided(
        Dictionary<OutcomeId, string> before, Dictionary<OutcomeId, string> after)
    {
        foreach (OutcomeId id in before.Concat(after).Where(static s => s.Value.StartsWith(
            "pending", StringComparison.Ordinal)).Select(static s => s.Key).ToArray())
        {
            before.Remove(id);
            after.Remove(id);
        }

        return (before, after);
    }

    private IEnumerable<Handed> With(Handed[] log)
    {
        int each = Math.Max(1, log.Length / (1 + random.Below(AddedMax)));
        for (int i = 0; i < log.Length; i++)
        {
            yield return log[i];
            if (i % each == 0)
            {
                // Of what came so far: a later twin would be the first one.
                yield return Refused(log[random.Below(i + 1)], log[i].At);
            }
        }
    }

    private Handed Refused(Handed earlier, Instant at) => (random.Below(6), earlier.Input) switch
    {
        (0, CampaignInput.OfOutcome { Outcome: var outcome }) => Handed.Of(outcome with
        {
            RecordedAt = at,
            Value = Money.FromMinor(1 + (outcome.Value?.MinorUnits ?? 0), currency),
        }),
        (0, CampaignInput.OfCorrection { Correction: var correction }) => Handed.Of(new Retraction
        {
            Id = correction.Id,
            Outcome = correction.Outcome,
            At = correction.At + Duration.Epsilon,
            RecordedAt = at,
        }),
        (1, not null) => earlier.RecordedAt(at),
        (2, { } input) when !setsAside => Handed.Of(input.OutcomeId, Forged(at)),
        (3, _) => Handed.Of(new Chargeback
        {
            Id = new(Name("none")),
            Outcome = new(Name("none")),
            At = at,
            RecordedAt = at,
        }),
        (4, _) => Unbrought(at),
        _ => Handed.Of(
            new OutcomeId(Name("none")), EvidenceVerdict.Asserted("paid", new(Name("psp-none")), at)),
    };

    private Handed Unbrought(Instant at)
    {
        added.Add(new(Name("none")));
        return Handed.Of(new Outcome
        {
            Id = added[^1],
            At = at,
            RecordedAt = at,
            Kind = random.Pick<string>("sale", "lead", "signup"),
            Value = Money.FromMinor(random.Between(1, 90_000), currency),
            Quantity = random.Between(1, 9),
        });
    }

    // Of the kind that is asked for, and by nobody's key; at times under the id of what is genuine elsewhere.
    private EvidenceVerdict Forged(Instant at) => (genuine.Length > 0 && random.Happens(500)
        ? genuine[random.Below(genuine.Length)] with { ReceivedAt = at }
        : EvidenceVerdict.Asserted("paid", new(Name("psp-forged")), at)) with
    {
        Authenticity = random.Happens(500) ? Authenticity.Invalid : Authenticity.Indeterminate,
        Reason = new Reason(ProofReasons.NotValid),
        Content = Digest.Of([(byte)(number & 255), (byte)(number >> 8)]),
    };

    private string Name(string what) => FormattableString.Invariant($"{what}-{number++}");
}
