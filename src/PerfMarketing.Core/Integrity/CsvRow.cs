using System.Globalization;
using System.Text;

namespace PerfMarketing.Integrity;

/// <summary>Writes rows of typed CSV cells: texts by <see cref="CsvText"/>, numbers as they are.</summary>
/// <remarks>
/// Numbers are invariant and never get an apostrophe: −12.50 stays <c>-12.50</c>. Rows end with CR LF. Not thread-safe.
/// </remarks>
public sealed class CsvRow
{
    private readonly StringBuilder builder;
    private readonly char separator;
    private bool started;

    /// <summary>Rows that are appended to a builder.</summary>
    /// <param name="builder">Where to write.</param>
    /// <param name="separator">What stands between cells: a comma, a semicolon or a tab.</param>
    public CsvRow(StringBuilder builder, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(builder);
        this.builder = builder;
        this.separator = separator is ',' or ';' or '\t'
            ? separator
            : throw new ArgumentOutOfRangeException(nameof(separator), separator, "A comma, a semicolon or a tab.");
    }

    /// <summary>A cell with a text; null is an empty cell.</summary>
    /// <param name="value">The text.</param>
    public CsvRow Text(string? value)
    {
        CsvText.Append(Cell(), value, separator);
        return this;
    }

    /// <summary>A cell with a decimal number, digits as they are; null is an empty cell.</summary>
    /// <param name="value">The number.</param>
    public CsvRow Number(decimal? value)
    {
        Cell().Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>A cell with a whole number; null is an empty cell.</summary>
    /// <param name="value">The number.</param>
    public CsvRow Integer(long? value)
    {
        Cell().Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>Ends the row; the next cell starts another.</summary>
    public CsvRow End()
    {
        builder.Append("\r\n");
        started = false;
        return this;
    }

    private StringBuilder Cell()
    {
        if (started)
        {
            builder.Append(separator);
        }

        started = true;
        return builder;
    }
}
