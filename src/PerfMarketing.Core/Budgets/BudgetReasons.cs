namespace PerfMarketing.Budgets;

/// <summary>The codes of why a budget granted less than was asked for, or nothing.</summary>
public static class BudgetReasons
{
    /// <summary>The amount does not fit into what is left of the limit. Args: requested, available.</summary>
    public const string Exhausted = "budget.exhausted";

    /// <summary>What was reserved has expired; it is spent when it is sure, or not at all. Args: reservation.</summary>
    public const string AlreadyExpired = "budget.already-expired";

    /// <summary>Other results that occurred before wait for room, and it is their turn.</summary>
    public const string Behind = "budget.behind";

    /// <summary>No room came back before the period ended.</summary>
    public const string HoldEnded = "budget.hold-ended";

    /// <summary>
    /// More is paid than was set aside for it, or than is left: what lies above the limit is borne by whoever pays the
    /// budget. Args: reservation, reserved, amount, over.
    /// </summary>
    public const string OverReserve = "budget.over-reserve";

    /// <summary>
    /// The same id came before with another amount; the first answer stands. Args: reservation, first, requested.
    /// </summary>
    public const string Conflict = "budget.conflict";

    /// <summary>The reservation is not known in this period. Args: reservation.</summary>
    public const string Unknown = "budget.reservation-unknown";

    /// <summary>
    /// The reservation was committed, and a commit is undone only by reversing it. Args: reservation.
    /// </summary>
    public const string AlreadyCommitted = "budget.already-committed";

    /// <summary>The reservation was released; a new attempt needs a new id. Args: reservation.</summary>
    public const string AlreadyReleased = "budget.already-released";

    /// <summary>The id was refused before; a new attempt needs a new id. Args: reservation.</summary>
    public const string AlreadyRefused = "budget.already-refused";

    /// <summary>Only what was committed can be reversed. Args: reservation.</summary>
    public const string NotCommitted = "budget.not-committed";

    /// <summary>More would be reversed than was committed. Args: reservation, requested, available.</summary>
    public const string ReversesTooMuch = "budget.reverses-too-much";
}
