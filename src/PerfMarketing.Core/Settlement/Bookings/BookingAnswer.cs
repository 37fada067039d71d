namespace PerfMarketing.Settlement.Bookings;

/// <summary>What became of something that was to be booked by hand.</summary>
public enum BookingAnswer
{
    /// <summary>It was booked.</summary>
    Booked,

    /// <summary>The same was booked before; the original entries stand and nothing is added.</summary>
    Replayed,

    /// <summary>Something else was booked under the same id; it stands, and nothing is added.</summary>
    Conflict,

    /// <summary>It makes no sense under the campaign's contracts; nothing is added.</summary>
    Refused,
}
