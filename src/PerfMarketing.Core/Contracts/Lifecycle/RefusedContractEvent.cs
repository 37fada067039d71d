using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>An event of a history that the contract's lifecycle refused.</summary>
/// <param name="Index">Its place in the history, from 0.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedContractEvent(int Index, Reason Reason);
