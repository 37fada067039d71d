using PerfMarketing.Events;
using PerfMarketing.Proofs;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>A credited partner's part of an outcome.</summary>
internal sealed record OracleCredit(string Partner, long Weight, long Total);

/// <summary>What one clause decided of an outcome.</summary>
internal sealed class OracleLeg(ContractPlan contract, ClausePlan clause)
{
    public ContractPlan Contract => contract;

    public ClausePlan Clause => clause;

    public string Key => $"{contract.Id}|{clause.Id}";

    public List<OracleCredit> Credits { get; } = [];

    public Standing Standing { get; set; }

    public NodaTime.Instant? Until { get; set; }

    /// <summary>The evidence that proves it; null when none is needed, or silence or a person approved it.</summary>
    public string? Evidence { get; set; }

    /// <summary>The code of why it is not paid; null when it is, or when nothing but proof is missing.</summary>
    public string? Why { get; set; }

    /// <summary>What would be paid while it waits, in minor units.</summary>
    public long Expected { get; set; }

    /// <summary>Rejected because of a grade: another grade may change it.</summary>
    public bool IsGradedDown { get; set; }

    /// <summary>Rejects it, for a reason that it names.</summary>
    public void Reject(string why) => (Standing, Until, Evidence, Why) = (Standing.Rejected, null, null, why);

    /// <summary>Whether more was paid for it than budgets had set aside or left.</summary>
    public bool IsOverReserve { get; set; }

    /// <summary>Takes over what was decided before.</summary>
    public void Keep(OracleLeg before)
    {
        (Standing, Until, Evidence, Why) = (before.Standing, before.Until, before.Evidence, before.Why);
        (Expected, IsGradedDown, IsOverReserve) = (before.Expected, before.IsGradedDown, before.IsOverReserve);
    }

    /// <summary>Whether a decision by hand is about this leg.</summary>
    public bool Concerns(Ruling ruling) =>
        (ruling.Contract is not { } c || c.Value == contract.Id)
        && (ruling.Clause is not { } one || one.Value == clause.Id);
}

/// <summary>An earning with what corrections made of it.</summary>
internal sealed class OracleEarning
{
    public required OracleLeg Leg { get; init; }

    public required string Outcome { get; init; }

    public required NodaTime.Instant OccurredAt { get; init; }

    public required string Partner { get; init; }

    public required long Weight { get; init; }

    public required long Total { get; init; }

    public required long Amount { get; init; }

    /// <summary>What was priced, before budgets.</summary>
    public required long Priced { get; init; }

    public required Counter Before { get; init; }

    public required Counter Counted { get; init; }

    public required string Period { get; init; }

    public required Rational Value { get; init; }

    public required decimal Quantity { get; init; }

    public required NodaTime.Instant PayableAt { get; init; }

    /// <summary>The corrections that were in the price.</summary>
    public List<string> PricedIn { get; } = [];

    public string? Evidence { get; init; }

    public long Net { get; set; }

    /// <summary>What of it, and of what it made of earlier results, lies above budgets.</summary>
    public long Over { get; set; }

    /// <summary>How many times it was held or let go.</summary>
    public int HoldCount { get; set; }

    /// <summary>What is held of it because its evidence contradicts itself; not above zero.</summary>
    public long Held { get; set; }

    public HashSet<string> Known { get; } = [];
}

/// <summary>Everything that the oracle knows of an outcome.</summary>
internal sealed class OracleOutcome(string id)
{
    public string Id => id;

    public Outcome? Outcome { get; set; }

    public List<EvidenceVerdict> Verdicts { get; } = [];

    public List<Correction> Corrections { get; } = [];

    public List<OracleEarning> Earnings { get; } = [];

    public List<OracleLeg> Legs { get; set; } = [];

    public List<OracleCredit> Credits { get; set; } = [];

    /// <summary>The newest touch that has credit, else when it occurred.</summary>
    public NodaTime.Instant TouchedAt { get; set; }

    public Standing Standing { get; set; }

    /// <summary>The code of why nobody has a leg; null when somebody has.</summary>
    public string? Why { get; set; }

    /// <summary>Rejected only until a correction takes the retraction back.</summary>
    public bool MayComeBack { get; set; }

    public OracleTruth Truth(IEnumerable<Correction>? without = null) =>
        OracleTruth.Of(Outcome!, without is null ? Corrections : Corrections.Except(without));
}
