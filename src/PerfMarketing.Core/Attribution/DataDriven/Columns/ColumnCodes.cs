namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>The codes of columns, and of options for them, that cannot be attributed.</summary>
public static class ColumnCodes
{
    /// <summary>
    /// There are no channels, more than <see cref="ColumnOptions.ChannelCountMax"/>, or one stands twice.
    /// </summary>
    public const string ChannelsInvalid = "columns.channels-invalid";

    /// <summary>A touch names a channel that is not listed.</summary>
    public const string ChannelUnknown = "columns.channel-unknown";

    /// <summary>A conversion is a byte that is neither 0 nor 1.</summary>
    public const string ConversionInvalid = "columns.conversion-invalid";

    /// <summary>A customer's number is below 0.</summary>
    public const string CustomerNegative = "columns.customer-negative";

    /// <summary>Some chunks number their customers, and others have ids of 64 bits.</summary>
    public const string CustomersMixed = "columns.customers-mixed";

    /// <summary>
    /// A half-life is not above 0, above 36,525 days, or not a whole number of the 100 ns in which touches are timed.
    /// </summary>
    public const string HalfLifeInvalid = "columns.half-life-invalid";

    /// <summary>Some chunks have ids of touches, and others have none.</summary>
    public const string IdsMixed = "columns.ids-mixed";

    /// <summary>The columns are not of one length.</summary>
    public const string LengthsDiffer = "columns.lengths-differ";

    /// <summary>There is not even one thread.</summary>
    public const string ThreadsInvalid = "columns.threads-invalid";
}
