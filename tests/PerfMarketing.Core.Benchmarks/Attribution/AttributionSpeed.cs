using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Tests.Attribution;

namespace PerfMarketing.Benchmarks.Attribution;

/// <summary>How fast models are fitted and columns attributed, beside the obvious way to do it.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The sample must come out the same each time.")]
internal static class AttributionSpeed
{
    private const int ChannelCount = 12;

    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs it: <c>--attribute [touches ...]</c>.</summary>
    public static void Run(ReadOnlySpan<string> args)
    {
        long cold = Stopwatch.GetTimestamp();
        Fit(Random(1_000, ChannelCount, 1), [PathModel.Parse("markov"), PathModel.Parse("shapley")]);
        Print("first call of the process", Stopwatch.GetElapsedTime(cold), 1);
        PathsOfStrings();
        ManyChannels();
        ShapleyOfTwenty();
        foreach (string size in args.Length == 0 ? ["10000", "100000", "1000000", "10000000"] : args)
        {
            Columns(int.Parse(size, CultureInfo.InvariantCulture));
        }
    }

    private static void PathsOfStrings()
    {
        if (SharedLogs.Rows("channelattribution_pathdata.csv.gz") is not { } rows)
        {
            Console.WriteLine("../shared/data is not there: no PathData.");
            return;
        }

        (string Path, long Conversions, decimal Value, long Nulls)[] parsed =
        [
            .. rows.Select(static r =>
                (r[0], Number(r[1]), decimal.Parse(r[2], CultureInfo.InvariantCulture), Number(r[3]))),
        ];
        Best("PathData, only counted", 1, () => Count(parsed));
        foreach (int order in new[] { 1, 2, 3, 4 })
        {
            PathModel markov = new(PathModelKind.Markov, order);
            ValueList<PathModel> models = order == 1
                ? [PathModel.Parse("first"), PathModel.Parse("last"), PathModel.Parse("linear"),
                    PathModel.Parse("position"), PathModel.Parse("shapley"), markov]
                : [markov];
            Best($"PathData, markov {order}{(order == 1 ? ", rules, shapley" : string.Empty)}", 1, () =>
                Fit(Count(parsed), models));
        }

        PathCounts paths = Count(parsed);
        Best("PathData, naive: a matrix solved for each channel", 1, () => NaiveAttribution.Removals(paths), 5);
    }

    private static void ManyChannels()
    {
        PathCounts paths = Random(1_000_000, 250, 7);
        Best("250 channels, 10^6 touches, markov 1", 1, () => Fit(paths, [PathModel.Parse("markov")]), 3);
        Best("250 channels, 10^6 touches, markov 2", 1, () => Fit(paths, [PathModel.Parse("markov:2")]), 2);
    }

    private static void ShapleyOfTwenty()
    {
        PathCounts paths = Random(100_000, 20, 3);
        Best("shapley-rate of 20 channels", 1, () => Fit(paths, [PathModel.Parse("shapley-rate")]), 15);
    }

    private static void Columns(int touches)
    {
        ColumnSample sample = ColumnSample.Random(touches, ChannelCount, 11);
        ColumnOptions options = new(sample.Channels);
        Best($"{touches} touches, unsorted, one thread", touches, () => sample.Attribute(options), Runs(touches));
        ColumnOptions two = options with { Threads = 2 };
        Best($"{touches} touches, unsorted, two threads", touches, () => sample.Attribute(two), Runs(touches));
        Best($"{touches} touches, customers of 64 bits", touches, () => sample.AttributeLarge(options), Runs(touches));
        if (touches <= 1_000_000)
        {
            Best($"{touches} touches, naive: lists", touches, () => NaiveAttribution.Columns(sample), 3);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        sample.Attribute(options);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"    allocated {(double)bytes / touches:0.0} B a touch, input 15 B"));
        ColumnSample grouped = sample.Grouped();
        Best($"{touches} touches, grouped", touches, () => grouped.Attribute(options), Runs(touches));
    }

    private static int Runs(int touches) => touches >= 50_000_000 ? 2 : touches >= 5_000_000 ? 4 : 12;

    // At least so many runs, and for a second and a half: until then what runs is still being compiled.
    private static void Best<T>(string what, long parts, Func<T> work, int runs = 60)
    {
        (TimeSpan best, TimeSpan least) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        using Process process = Process.GetCurrentProcess();
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs || Stopwatch.GetElapsedTime(begin) < LeastTime; i++)
        {
            process.Refresh();
            TimeSpan used = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            _ = work();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            process.Refresh();
            used = process.TotalProcessorTime - used;
            best = elapsed < best ? elapsed : best;
            least = used < least ? used : least;
        }

        Print(what, best, parts);
        Print("    of the processor", least, parts);
    }

    private static void Print(string what, TimeSpan time, long parts) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {time.TotalMilliseconds:0.000} ms, {time.TotalNanoseconds / parts:0.0} ns each of {parts}"));

    private static PathCounts Count((string Path, long Conversions, decimal Value, long Nulls)[] rows)
    {
        PathCountsBuilder builder = new();
        foreach ((string path, long conversions, decimal value, long nulls) in rows)
        {
            builder.TryAddText(path, conversions, nulls, value);
        }

        return builder.Build();
    }

    private static ModelComparison Fit(PathCounts paths, ValueList<PathModel> models) =>
        ModelComparison.Of(paths, models);

    // Channels fall off like those of a shop; about four touches a journey, one in ten converts.
    private static PathCounts Random(int touches, int channels, int seed)
    {
        Random random = new(seed);
        PathCountsBuilder builder = new();
        for (int i = 0; i < channels; i++)
        {
            builder.NumberOf(new ChannelId($"channel {i}"));
        }

        int[] path = new int[64];
        for (int done = 0; done < touches;)
        {
            int length = 1;
            while (length < path.Length && random.Next(4) > 0)
            {
                length++;
            }

            for (int i = 0; i < length; i++)
            {
                path[i] = Math.Min(random.Next(channels), random.Next(channels));
            }

            bool converts = random.Next(10) == 0;
            builder.Add(path.AsSpan(0, length), converts ? 1 : 0, converts ? 0 : 1, converts ? 9.99m : 0);
            done += length;
        }

        return builder.Build();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
