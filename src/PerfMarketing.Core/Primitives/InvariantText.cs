using System.Globalization;

namespace PerfMarketing.Primitives;

/// <summary>The one way values become text: the invariant culture, always.</summary>
internal static class InvariantText
{
    public static string Of(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value is IFormattable formattable
            ? formattable.ToString(null, CultureInfo.InvariantCulture)
            : value.ToString() ?? string.Empty;
    }
}
