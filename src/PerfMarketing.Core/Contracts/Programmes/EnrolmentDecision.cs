using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>The contract that a partner gets by a programme, or why there is none.</summary>
public sealed record EnrolmentDecision
{
    /// <summary>The contract, to be built and put into a campaign; null when it is refused.</summary>
    public ContractDraft? Contract { get; init; }

    /// <summary>
    /// What of the programme's clauses group and partner changed, in the order of the layers; one of
    /// <see cref="ProgrammeCodes"/>.
    /// </summary>
    public ValueList<Reason> Changes { get; init; } = [];

    /// <summary>Why it is refused, all of it; empty when it is not.</summary>
    public ValueList<Reason> Refusals { get; init; } = [];

    /// <summary>Whether there is a contract.</summary>
    [MemberNotNullWhen(true, nameof(Contract))]
    public bool IsEnrolled => Contract is not null;
}
