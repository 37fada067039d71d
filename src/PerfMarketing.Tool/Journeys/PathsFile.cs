using System.Globalization;
using System.Text;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Journeys;

/// <summary>Reads a file of counted paths: one line for each path, with its conversions, value and nulls.</summary>
internal static class PathsFile
{
    private static readonly string[] PathNames = ["path"];
    private static readonly string[] ConversionNames = ["total_conversions", "conversions"];
    private static readonly string[] ValueNames = ["total_conversion_value", "conversion_value", "value"];
    private static readonly string[] NullNames = ["total_null", "nulls", "null"];

    /// <summary>Whether a file is one, by the columns in its first line.</summary>
    /// <param name="path">The file.</param>
    public static bool IsOne(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using Stream content = LogFile.Uncompressed(file);
            CsvRecords records = new(new(content));
            if (!records.Read() || records.Problem is not null)
            {
                return false;
            }

            string[] names = [.. Enumerable.Range(0, records.Count).Select(records.Text)];
            return names.Contains(PathNames[0]) && names.Contains(ConversionNames[0]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rejected">Receives the lines that cannot be used.</param>
    /// <exception cref="LogException">The file cannot be read at all.</exception>
    public static PathCounts Read(string path, List<RejectedLine> rejected)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using Stream content = LogFile.Uncompressed(file);
            return new Reader(path, new(new(content)), rejected).Read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException
            or NotSupportedException)
        {
            throw new LogException(path, RejectedLine.Of(1, 1, LogCodes.Unreadable, problem.Message, []));
        }
    }

    private sealed class Reader
    {
        private readonly string file;
        private readonly CsvRecords records;
        private readonly List<RejectedLine> rejected;
        private readonly PathCountsBuilder builder = new();
        private readonly int columnCount;
        private readonly int path;
        private readonly int conversions;
        private readonly int value;
        private readonly int nulls;

        public Reader(string file, CsvRecords records, List<RejectedLine> rejected)
        {
            this.file = file;
            this.records = records;
            this.rejected = rejected;
            CsvHeader header = CsvHeader.Read(file, records);
            columnCount = header.Count;
            path = Find(header, PathNames, isNeeded: true);
            conversions = Find(header, ConversionNames, isNeeded: true);
            value = Find(header, ValueNames, isNeeded: false);
            nulls = Find(header, NullNames, isNeeded: false);
            header.Close();
        }

        public PathCounts Read()
        {
            while (records.Read())
            {
                if (records.Problem is null && records.Count != columnCount)
                {
                    records.Reject(
                        0, LogCodes.CellCount, $"The line has {records.Count} cells, the header {columnCount}.");
                }

                if (records.Problem is null)
                {
                    Take();
                }

                if (records.Problem is { } problem)
                {
                    rejected.Add(problem);
                }
            }

            return builder.Build();
        }

        private static int Find(CsvHeader header, string[] names, bool isNeeded)
        {
            string? found = names.FirstOrDefault(name => header.Find(name) >= 0);
            return header.Find(found ?? names[0], isNeeded);
        }

        private void Take()
        {
            if (!TryCount(conversions, out long converted) || !TryCount(nulls, out long lost)
                || !TryNumber(value, out decimal worth))
            {
                return;
            }

            if (converted == 0 && worth != 0)
            {
                records.Reject(records.ColumnOf(value), LogCodes.CellMalformed, "Only conversions have a value.");
                return;
            }

            try
            {
                if (!builder.TryAddText(Encoding.UTF8.GetString(records[path]), converted, lost, worth))
                {
                    records.Reject(records.ColumnOf(path), JourneyCodes.EmptyPath, "The path has no channel.");
                }
            }
            catch (Exception refused) when (refused is FormatException or OverflowException)
            {
                records.Reject(records.ColumnOf(path), LogCodes.CellMalformed, refused.Message);
            }
            catch (InvalidOperationException full)
            {
                // More channels or touches than are held at once: no part of the file would be the truth.
                int column = records.ColumnOf(path);
                throw new LogException(file, RejectedLine.Of(records.Line, column, LogCodes.TooMany, full.Message, []));
            }
        }

        private bool TryCount(int column, out long count)
        {
            count = 0;
            if (column < 0 || records[column].IsEmpty)
            {
                return true;
            }

            if (decimal.TryParse(records[column], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out decimal read) && read == decimal.Truncate(read) && read <= long.MaxValue)
            {
                count = (long)read;
                return true;
            }

            records.Reject(
                records.ColumnOf(column), LogCodes.CellMalformed, "A count is a whole number from 0 to 2^63 - 1.");
            return false;
        }

        private bool TryNumber(int column, out decimal number)
        {
            number = 0;
            if (column < 0 || records[column].IsEmpty
                || decimal.TryParse(records[column], NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            {
                return true;
            }

            records.Reject(records.ColumnOf(column), LogCodes.CellMalformed, "A value is a plain number.");
            return false;
        }
    }
}
