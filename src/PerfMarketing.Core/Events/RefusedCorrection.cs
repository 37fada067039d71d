using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>A correction that does not count, and why.</summary>
/// <param name="Id">The correction.</param>
/// <param name="Reason">A code of <see cref="CorrectionCodes"/> or <see cref="EventCodes"/>.</param>
public sealed record RefusedCorrection(CorrectionId Id, Reason Reason);
