using System.Globalization;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// I12: the same campaign, but with proofs of several parts, and consistent evidence of its own. What was recorded at
/// one instant comes in another order, and the parts of the proof take each other's places.
/// </summary>
internal sealed class EvidenceOrderCheck(WorldPlan world, LiveRun live, SeededRandom random, Violations violations)
{
    private static readonly EvidenceKind[] Kinds = ["paid", "shipped", "kept"];
    private static readonly PartyId[] Parties = [new("bank"), new("carrier"), new("shop")];

    private readonly List<(Instant At, int Place, List<Handed> Bundle)> bundles = [];
    private Duration within;
    private bool turns;
    private int number;

    public void Run(Handed[] log)
    {
        // Of two contracts that pay from one budget, the one that is proven first gets what is left of it.
        if (world.Budgets.Length > 0 && world.Contracts.Length > 1)
        {
            return;
        }

        LogReplay replay = new(world, Campaign(), live.Journeys) { Taken = live.Orders.OfOthers(live.Campaign.Id) };
        Draw(log);
        Instant end = live.Now + within;
        RunPicture one = replay.Play(Ordered(isOther: false), end);
        RunPicture other = replay.Play(Ordered(isOther: true), end);
        new Differences(violations, "I12: with evidence in another order").CompareMoney(one, other);
    }

    private Campaign Campaign()
    {
        within = Duration.FromHours(random.Between(2, 200));
        PastDue pastDue = random.Happens(700) ? PastDue.Reject : PastDue.Approve;
        bool isLimited = random.Happens(800);
        ProofPolicy[] parts = [.. Kinds.Select(k => Part(k, isLimited ? within : null, pastDue))];
        int shape = random.Below(5);
        turns = shape is 0 or 2 or 3;
        ProofPolicy proof = shape switch
        {
            0 => ProofPolicy.All(parts) with { CoveredClaims = CoveredClaims.AsNamed },
            1 => ProofPolicy.All(parts[0], parts[1]) with { CoveredClaims = CoveredClaims.AsNamed },
            2 => ProofPolicy.Any(parts) with { CoveredClaims = CoveredClaims.AsNamed },
            3 => ProofPolicy.Some(2, parts) with { CoveredClaims = CoveredClaims.AsNamed },
            _ => Part(Kinds[0], isLimited ? within : null, pastDue) with
            {
                Parties = 2,
                CoveredClaims = CoveredClaims.AsNamed,
            },
        };
        CampaignDraft draft = CampaignBuilder.DraftOf(world);
        return (draft with
        {
            Contracts =
            [
                .. draft.Contracts.Select(c => c with
                {
                    Clauses = [.. c.Clauses.Select(k => k with { Proof = proof })],
                }),
            ],
        }).Build();
    }

    private static RequiredProof Part(EvidenceKind kind, Duration? within, PastDue pastDue) => new(kind)
    {
        MinStrength = ProofStrength.Asserted,
        Within = within,
        PastDue = within is null ? PastDue.Reject : pastDue,
    };

    // The log without its evidence; each outcome with some of its own, in bundles of one instant each.
    private void Draw(Handed[] log)
    {
        HashSet<OutcomeId> known = [];
        for (int i = 0; i < log.Length; i++)
        {
            if (log[i].Input is Settlement.CampaignInput.OfEvidence)
            {
                continue;
            }

            List<Handed> own = [log[i]];
            bundles.Add((log[i].At, i, own));
            if (log[i].Outcome is { } outcome && known.Add(outcome.Id))
            {
                AddEvidence(outcome, own, log.Length + i);
            }
        }

        bundles.Sort(static (x, y) => x.At != y.At ? x.At.CompareTo(y.At) : x.Place.CompareTo(y.Place));
    }

    private void AddEvidence(Outcome outcome, List<Handed> own, int place)
    {
        int together = random.Pick(0, 0, 1, 2, 3);
        for (int i = 0; i < together; i++)
        {
            own.Add(Piece(outcome, outcome.RecordedAt));
        }

        int later = random.Pick(0, 0, 1, 2);
        for (int i = 0; i < later; i++)
        {
            Instant at = outcome.RecordedAt
                + Duration.FromSeconds(random.Between(random.Happens(150) ? -90_000 : 1, (long)within.TotalSeconds));
            List<Handed> bundle = [];
            for (int k = random.Pick(1, 2, 3, 4); k > 0; k--)
            {
                bundle.Add(Piece(outcome, at));
                if (random.Happens(60))
                {
                    bundle.Add(bundle[^1]);
                }
            }

            bundles.Add((at, place, bundle));
        }
    }

    // Consistent: nothing says that it did not happen, and no id says two things. Some of it is not believed.
    private Handed Piece(Outcome outcome, Instant at)
    {
        EvidenceId id = new(string.Create(CultureInfo.InvariantCulture, $"piece-{number++}"));
        EvidenceVerdict verdict = EvidenceVerdict.Asserted(Kinds[random.Below(Kinds.Length)], id, at) with
        {
            Party = random.Happens(800) ? Parties[random.Below(Parties.Length)] : null,
        };
        return Handed.Of(outcome.Id, random.Happens(80)
            ? verdict with { Authenticity = Authenticity.Invalid, Strength = ProofStrength.None }
            : verdict);
    }

    private IEnumerable<Handed> Ordered(bool isOther)
    {
        ulong turn = random.Next();
        foreach ((Instant _, int _, List<Handed> bundle) in bundles)
        {
            Handed[] shuffled = [.. bundle.Select(h => isOther ? Turned(h, turn) : h)];
            random.Shuffle<Handed>(shuffled);
            foreach (Handed one in shuffled)
            {
                yield return one;
            }
        }
    }

    // All parts of a proof ask alike: for one outcome each kind may stand for the next, when it is asked for too.
    private Handed Turned(Handed one, ulong turn)
    {
        if (one.Input is not Settlement.CampaignInput.OfEvidence { Outcome: var about, Verdict: var verdict } || !turns)
        {
            return one;
        }

        int by = (int)((turn + (ulong)about.Value.Sum(static c => c)) % (ulong)Kinds.Length);
        int next = (Array.IndexOf(Kinds, verdict.Kind) + by) % Kinds.Length;
        return Handed.Of(about, verdict with { Kind = Kinds[next] });
    }
}
