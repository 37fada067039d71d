namespace PerfMarketing.Settlement;

/// <summary>An outcome on the straight way, before it is priced; <c>default</c> is none.</summary>
/// <param name="Known">What will be known of it.</param>
/// <param name="Way">How it is paid; null when nobody brought it.</param>
internal readonly record struct StraightDraft(OutcomeState? Known, PartnerWay? Way);
