namespace PerfMarketing.Primitives;

/// <summary>
/// Finds out what a reading function asks for by letting it read nothing, and noting every question.
/// </summary>
/// <remarks>
/// A function that looks whether a term is there is run once with every such term there, once with none, and once with
/// each alone: a term is required when it is asked for as required in every run. Of a family of named kinds, each kind
/// is read once.
/// </remarks>
internal sealed class TermRecorder
{
    private const int DepthMax = 32;

    private readonly Dictionary<string, TermFamily> families = new(StringComparer.Ordinal);
    private int depth;

    /// <summary>What a reading function asks for.</summary>
    /// <param name="read">Reads an object; must not throw on terms that are wrong.</param>
    public static TermForm Record<T>(Func<TermReader, T> read) => new TermRecorder().Form(read);

    /// <summary>What a reading function asks for, inside what is recorded already.</summary>
    internal TermForm Form<T>(Func<TermReader, T> read)
    {
        if (depth >= DepthMax)
        {
            return TermForm.Unknown;
        }

        depth++;
        Run first = Play(read, new(this, static _ => true, null));
        TermForm form = first.FamilyName is { } name ? Family(name, first, read) : TermForm.Object(Shape(read, null));
        depth--;
        return form;
    }

    private TermForm Family<T>(string name, Run first, Func<TermReader, T> read)
    {
        if (!families.TryGetValue(name, out TermFamily? family))
        {
            family = new(name, first.FamilyTag);
            families.Add(name, family);
            foreach (string kind in first.FamilyKinds)
            {
                family.Cases.Add(kind, Shape(read, kind));
            }
        }

        return TermForm.Of(family);
    }

    private TermShape Shape<T>(Func<TermReader, T> read, string? kind)
    {
        List<Run> runs =
        [
            Play(read, new(this, static _ => true, kind)),
            Play(read, new(this, static _ => false, kind)),
        ];
        foreach (string alone in runs.SelectMany(static r => r.Guarded).Distinct(StringComparer.Ordinal).ToArray())
        {
            runs.Add(Play(read, new(this, name => name == alone, kind)));
        }

        return new(runs.SelectMany(static r => r.Fields).GroupBy(static f => f.Name, StringComparer.Ordinal)
            .Select(asked => Merge([.. asked], runs)).ToValueList());
    }

    private static TermField Merge(TermField[] asked, List<Run> runs)
    {
        TermField told = Array.Find(asked, static f => f.Form.Kind != TermFormKind.Unknown) ?? asked[0];
        return told with
        {
            IsRequired = runs.TrueForAll(run => run.Requires(told.Name)),
            Fallback = asked.Select(static f => f.Fallback).FirstOrDefault(static f => f is not null),
        };
    }

    private static Run Play<T>(Func<TermReader, T> read, Run run)
    {
        _ = read(new TermReader(run));
        return run;
    }

    /// <summary>What one run of a reading function asked one object for.</summary>
    internal sealed class Run(TermRecorder recorder, Func<string, bool> isThere, string? kind)
    {
        private readonly List<TermField> fields = [];
        private readonly HashSet<string> guarded = new(StringComparer.Ordinal);

        public IReadOnlyList<TermField> Fields => fields;

        /// <summary>The terms of which was asked whether they are there.</summary>
        public IReadOnlyCollection<string> Guarded => guarded;

        /// <summary>The family, when the object is one of named kinds and no kind was chosen for this run.</summary>
        public string? FamilyName { get; private set; }

        public string FamilyTag { get; private set; } = string.Empty;

        public ValueList<string> FamilyKinds { get; private set; } = [];

        public bool Has(string name)
        {
            guarded.Add(name);
            Note(name, TermForm.Unknown, isRequired: false);
            return isThere(name);
        }

        public TermNode? Node(string name, TermForm form)
        {
            Note(name, form, isRequired: false);
            return Has(name) ? TermNode.OfText(string.Empty) : null;
        }

        /// <summary>Whether the run would have failed without a term; true when it was there.</summary>
        public bool Requires(string name) =>
            (guarded.Contains(name) && isThere(name)) || fields.Exists(f => f.Name == name && f.IsRequired);

        public string Tag(string name, string family, IEnumerable<string> kinds)
        {
            if (kind is null)
            {
                (FamilyName, FamilyTag, FamilyKinds) = (family, name, kinds.ToValueList());
                return string.Empty;
            }

            Note(name, TermForm.Only(TermNode.OfText(kind)), isRequired: true);
            return kind;
        }

        public void Note(string name, TermForm form, bool isRequired, TermNode? fallback = null)
        {
            int place = fields.FindIndex(f => f.Name == name);
            if (place < 0)
            {
                fields.Add(new(name, form, isRequired, fallback));
                return;
            }

            TermField before = fields[place];
            fields[place] = before with
            {
                Form = before.Form.Kind == TermFormKind.Unknown ? form : before.Form,
                IsRequired = before.IsRequired || isRequired,
                Fallback = before.Fallback ?? fallback,
            };
        }

        public TermForm Form<T>(Func<TermReader, T> read) => recorder.Form(read);
    }
}
