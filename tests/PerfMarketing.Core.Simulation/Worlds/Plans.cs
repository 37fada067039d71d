using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>How a clause pays; a plan is what contracts are built of and what the oracle reads.</summary>
internal enum ModelKind
{
    Fixed,
    Share,
    CappedFixed,
    CappedShare,
    Graduated,
    Volume,
    Forward,
}

/// <summary>How credits are given.</summary>
internal enum CreditKind
{
    Last,
    First,
    Linear,
}

/// <summary>A tier: a price of a unit in major units, or a share of the value.</summary>
internal sealed record TierPlan(decimal Rate, decimal? UpTo);

/// <summary>A payout model.</summary>
internal sealed record ModelPlan(ModelKind Kind)
{
    /// <summary>The price in major units, or the share.</summary>
    public decimal Rate { get; init; }

    public long CapMinor { get; init; }

    /// <summary>Tiers count and pay shares of the value, else units.</summary>
    public bool ByValue { get; init; }

    public TierPlan[] Tiers { get; init; } = [];

    public bool IsTiered => Kind is ModelKind.Graduated or ModelKind.Volume or ModelKind.Forward;

    public bool ReadsValue => Kind is ModelKind.Share or ModelKind.CappedShare || (IsTiered && ByValue);

    /// <summary>Whether lines of it count units.</summary>
    public bool CountsUnits => !ReadsValue;
}

/// <summary>A proof that is needed.</summary>
internal sealed record ProofPlan(string Kind, Duration? Within, bool Approves)
{
    /// <summary>Whether only what the provider signed counts.</summary>
    public bool IsSigned { get; init; }
}

/// <summary>A clause.</summary>
internal sealed record ClausePlan(string Id, string Outcome, ModelPlan Model)
{
    public ProofPlan? Proof { get; init; }

    public Duration Hold { get; init; }

    public CorrectionPolicy Corrections { get; init; }

    public RoundingMode Mode { get; init; }

    public bool PerPeriod { get; init; }

    public bool Together { get; init; }

    /// <summary>The part that is paid for grade B; null when the clause has no terms for grades.</summary>
    public decimal? GradePart { get; init; }

    public bool IsCumulative => PerPeriod || Model.IsTiered;
}

/// <summary>A version of a contract.</summary>
internal sealed record ContractPlan(string Id, int Version, LocalDate From)
{
    public required string Currency { get; init; }

    public required string Zone { get; init; }

    public required string[] Partners { get; init; }

    public required ClausePlan[] Clauses { get; init; }
}

/// <summary>A budget of all contracts.</summary>
internal sealed record BudgetPlan(string Id, long LimitMinor, bool PerDay, bool PaysRest)
{
    /// <summary>What is promised when it is used up; by the limit, so that older seeds draw as they did.</summary>
    public CapBehavior AtCap { get; init; } = (LimitMinor % 8) switch
    {
        0 => CapBehavior.StopAndHonorInFlight,
        1 => CapBehavior.StopAdmission,
        _ => CapBehavior.StopAndReject,
    };
}

/// <summary>What one seed makes: a campaign, and what may go wrong.</summary>
internal sealed record WorldPlan
{
    public required ulong Seed { get; init; }

    public required string Campaign { get; init; }

    public required string Zone { get; init; }

    public required int Digits { get; init; }

    public required CreditKind Credits { get; init; }

    public Duration? Lookback { get; init; }

    public bool CutAtConversion { get; init; }

    public LocalDate FlightFrom { get; init; }

    public LocalDate? FlightTo { get; init; }

    public required ContractPlan[] Contracts { get; init; }

    public BudgetPlan[] Budgets { get; init; } = [];

    /// <summary>The provider's keys, the older before.</summary>
    public KeyPlan[] Keys { get; init; } = [];

    /// <summary>
    /// Whether it has terms that the oracle does not know: limits, payouts for periods, assists, invalid traffic.
    /// </summary>
    public bool IsWide { get; init; }

    /// <summary>
    /// Whether much is claimed back from partners, and many transfers come back, so that claims are taken in parts.
    /// </summary>
    public bool Claims { get; init; }

    public required Instant Start { get; init; }

    public required int Days { get; init; }

    public required int Customers { get; init; }

    /// <summary>How often each fault happens in a thousand times; absent when it is off for this seed.</summary>
    public required IReadOnlyDictionary<FaultKind, int> Faults { get; init; }

    /// <summary>
    /// When its contracts, which are in force from earlier days, were accepted; null when they always were.
    /// </summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>The version of a contract that is in force at an instant by its date; null before the first.</summary>
    public ContractPlan? InForce(string contract, Instant at) => Contracts
        .Where(c => c.Id == contract
            && DateTimeZoneProviders.Tzdb[c.Zone].AtStartOfDay(c.From).ToInstant() <= at)
        .MaxBy(static c => c.Version);

    public int RateOf(FaultKind kind) => Faults.GetValueOrDefault(kind);
}
