namespace PerfMarketing.Tool.Journeys;

/// <summary>A touch, a conversion or both.</summary>
/// <param name="Customer">The customer's number.</param>
/// <param name="At">When, in nanoseconds since 1970.</param>
/// <param name="Sequence">The place among touches of one instant; a conversion without a touch comes last.</param>
/// <param name="Profile">The number of the touch's profile; negative when the row is no touch that counts.</param>
/// <param name="Id">The number of the touch's id; −1 when it has none.</param>
internal readonly record struct JourneyRow(int Customer, long At, long Sequence, int Profile, int Id)
{
    /// <summary>Whether the row is a touch.</summary>
    public bool IsTouch => Profile >= 0;
}
