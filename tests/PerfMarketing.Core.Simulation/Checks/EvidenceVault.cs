using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// The chain and the tree over all that was committed, as a host keeps them where people may ask to be forgotten: what
/// is erased leaves every proof as it was.
/// </summary>
internal sealed class EvidenceVault(WorldPlan world, Violations violations)
{
    private readonly bool isKept = world.RateOf(FaultKind.Erasure) > 0;
    private readonly MerkleTree tree = new();
    private readonly List<Func<Digest>> contents = [];
    private readonly Dictionary<OutcomeId, List<Evidence>> evidence = [];
    private readonly ProofSecret secret = ProofSecret.FromBytes(new byte[32]);
    private RecordChain chain = RecordChain.Empty;

    public void Take(CampaignRecord[] records)
    {
        foreach (CampaignRecord record in isKept ? records : [])
        {
            if (record is not EvidenceReceived received)
            {
                Append(() => RecordContent.Of(record, SaltOf));
                continue;
            }

            Evidence piece = new(chain.Size, received, CommittedVerdict.Of(received.Verdict, SaltOf(received.Verdict)));
            if (!evidence.TryGetValue(record.OutcomeId, out List<Evidence>? known))
            {
                evidence.Add(record.OutcomeId, known = []);
            }

            known.Add(piece);
            Append(() => piece.Content);
            violations.Require(
                RecordContent.Of(received, SaltOf) == piece.Content, $"I18: {record.OutcomeId} has two contents");
        }
    }

    /// <summary>Forgets what evidence said of an outcome.</summary>
    /// <returns>How many pieces were forgotten.</returns>
    public int Erase(OutcomeId outcome, Instant now)
    {
        Evidence[] pieces = [.. evidence.GetValueOrDefault(outcome, []).Where(static e => !e.Kept.IsErased)];
        if (pieces.Length == 0)
        {
            return 0;
        }

        TreeHead before = chain.Head;
        foreach (Evidence piece in pieces)
        {
            Erase(piece);
        }

        Erasure erasure = new(now, "asked for", [.. pieces.Select(static p => p.Kept.Commitment)]);
        Append(() => TermDigest.Of(erasure));
        violations.Require(
            tree.ProveConsistency((int)before.Size, (int)chain.Size).Verify(before.Root, chain.Head.Root),
            $"I13: the head of {before.Size} is not consistent with that of {chain.Size}");
        return pieces.Length;
    }

    /// <summary>What is kept still gives the same chain.</summary>
    public void Check()
    {
        var again = RecordChain.Empty;
        foreach (Func<Digest> content in contents)
        {
            again = again.Append(content());
        }

        violations.Require(again.Head == chain.Head, $"I18: what is kept gives {again.Head}, not {chain.Head}");
        violations.Require(chain.Head == tree.Head, $"I13: the chain's head is {chain.Head}, the tree's {tree.Head}");
    }

    private void Erase(Evidence piece)
    {
        EvidenceVerdict said = piece.Kept.Verdict;
        piece.Kept = piece.Kept.Erase();
        violations.Require(
            piece.Kept is { IsErased: true, Salt: null } && piece.Kept.Holds()
                && piece.Kept.Verdict is { Content: var content, Claims.Count: 0, Uncovered.Count: 0 }
                && content == default,
            $"I18: {said.ReplayKey} is still there");
        Digest before = piece.Place == 0 ? HashChain.Start : tree.Leaves[(int)piece.Place - 1];
        Digest link = HashChain.Next(before, piece.Content);
        violations.Require(
            tree.ProveInclusion((int)piece.Place).Verify(link, tree.Root),
            $"I18: {said.ReplayKey} is no longer proven after it was erased");
    }

    private void Append(Func<Digest> content)
    {
        contents.Add(content);
        chain = chain.Append(content());
        tree.Append(chain.Link);
    }

    private Digest SaltOf(EvidenceVerdict verdict) => EvidenceSalt.Of(secret, verdict);

    private sealed class Evidence(long place, EvidenceReceived received, CommittedVerdict kept)
    {
        public long Place => place;

        public CommittedVerdict Kept { get; set; } = kept;

        public Digest Content => RecordContent.Of(received with { Verdict = Kept.Verdict }, Kept);
    }
}
