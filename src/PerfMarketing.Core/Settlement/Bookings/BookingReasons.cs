namespace PerfMarketing.Settlement.Bookings;

/// <summary>The codes of why something is not booked by hand.</summary>
public static class BookingReasons
{
    /// <summary>Something else was booked under the same id. Args: booking.</summary>
    public const string Conflict = "booking.conflict";

    /// <summary>It has no id.</summary>
    public const string Id = "booking.id";

    /// <summary>The campaign has no such contract that names the partner. Args: contract, partner.</summary>
    public const string NotNamed = "booking.not-named";

    /// <summary>The amount, or the tally, is in another currency than the contract. Args: currency.</summary>
    public const string OtherCurrency = "booking.other-currency";

    /// <summary>The author is not 1 to 64 printable ASCII characters.</summary>
    public const string Author = "booking.author";

    /// <summary>The note is empty, too long, or holds control characters.</summary>
    public const string Note = "booking.note";

    /// <summary>An instant lies outside the years for which periods are cut.</summary>
    public const string OutsideCalendar = "booking.outside-calendar";

    /// <summary>The kind is unknown, or only an opening tally has a tally and no amount.</summary>
    public const string Kind = "booking.kind";

    /// <summary>
    /// No clause counts such a tally: it is unknown, its tally is a list, or customers are not counted alone.
    /// </summary>
    public const string Tally = "booking.tally";

    /// <summary>What was counted, or what was paid for it, is beyond what a tally may begin with.</summary>
    public const string TallyTooGreat = "booking.tally-too-great";

    /// <summary>The tally has counted something already: an opening comes first.</summary>
    public const string TallyBegun = "booking.tally-begun";
}
