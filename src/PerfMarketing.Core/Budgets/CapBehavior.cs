namespace PerfMarketing.Budgets;

/// <summary>
/// What a limit does once it is reached: nothing new is bought in any case; what then still arrives is a promise of
/// this term, and it says who bears what lies above the limit.
/// </summary>
public enum CapBehavior
{
    /// <summary>
    /// What was in flight, reserved or bought before the limit was reached, is paid in full, also above the limit, and
    /// flagged: the buyer bears the excess. What was bought later without a promise is paid as far as there is room.
    /// The default.
    /// </summary>
    StopAndHonorInFlight,

    /// <summary>
    /// Only admission stops: every result that arrives is paid in full and flagged, promised or not. The buyer bears
    /// the excess.
    /// </summary>
    StopAdmission,

    /// <summary>
    /// Nothing is paid above the limit: a result is paid out of what is reserved for it and of what is available. The
    /// partner bears the excess.
    /// </summary>
    StopAndReject,
}
