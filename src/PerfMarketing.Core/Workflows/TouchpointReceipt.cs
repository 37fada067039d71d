using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>What became of one touchpoint of a batch.</summary>
/// <param name="Touchpoint">The touchpoint; <c>default</c> when it had no id.</param>
/// <param name="Answer">What became of it.</param>
/// <param name="Reason">What is wrong with it; null unless it was refused.</param>
public readonly record struct TouchpointReceipt(TouchpointId Touchpoint, TouchAnswer Answer, Reason? Reason = null);
