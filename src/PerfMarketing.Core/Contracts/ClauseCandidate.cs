using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>A clause that does not pay for an outcome.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Reason">Why it does not, with a code of <see cref="ClauseReasons"/>.</param>
public sealed record ClauseCandidate(ClauseId Clause, Reason Reason);
