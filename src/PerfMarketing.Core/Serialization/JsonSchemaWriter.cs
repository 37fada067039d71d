using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>Writes one schema; families of named kinds are definitions, so that they can hold themselves.</summary>
internal sealed class JsonSchemaWriter
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private readonly SortedDictionary<string, TermNode> definitions = new(StringComparer.Ordinal);

    public TermNode Write(string title, TermForm form)
    {
        TermNode root = Of(form);
        TermWriter schema = new();
        schema.Value("$schema", Dialect);
        schema.Value("title", title);
        for (int i = 0; i < root.Names.Count; i++)
        {
            schema.Add(root.Names[i], root.Items[i]);
        }

        if (definitions.Count > 0)
        {
            schema.Add("$defs", TermNode.OfObject([.. definitions.Keys], [.. definitions.Values]));
        }

        return schema.ToNode();
    }

    private TermNode Of(TermForm form, TermNode? fallback = null)
    {
        TermWriter schema = new();
        switch (form.Kind)
        {
            case TermFormKind.Text:
                WriteText(form, schema);
                break;
            case TermFormKind.OneOf when form.Members.Count == 1:
                schema.Add("const", form.Members[0]);
                break;
            case TermFormKind.OneOf:
                schema.Add("enum", TermNode.OfList(form.Members));
                break;
            case TermFormKind.List:
                WriteList(form, schema);
                break;
            case TermFormKind.Object:
                WriteObject(form.Shape!, schema);
                break;
            case TermFormKind.Family:
                schema.Value("$ref", Reference(form.Family!));
                break;
            default:
                WriteSimple(form.Kind, schema);
                break;
        }

        if (fallback is not null)
        {
            schema.Add("default", fallback);
        }

        return schema.ToNode();
    }

    private static void WriteSimple(TermFormKind kind, TermWriter schema)
    {
        switch (kind)
        {
            case TermFormKind.Number:
                schema.Value("type", "number");
                break;
            case TermFormKind.Integer:
                schema.Value("type", "integer");
                break;
            case TermFormKind.Flag:
                schema.Value("type", "boolean");
                break;
            case TermFormKind.Scalar:
                schema.Values<string>("type", ["string", "number", "boolean", "array"]);
                schema.Add("items", TermNode.OfObject(["type"], [TermNode.OfText("string")]));
                break;
            default:
                break;
        }
    }

    private static void WriteText(TermForm form, TermWriter schema)
    {
        schema.Value("type", "string");
        if (form.ValueType is { } type && ValuePattern.Find(type) is { } known)
        {
            schema.Value("pattern", known.Pattern);
            schema.Integer("maxLength", known.LengthMax);
            schema.Values<string>("examples", known.Example is { } example ? [example] : []);
        }
    }

    private void WriteList(TermForm form, TermWriter schema)
    {
        schema.Value("type", "array");
        schema.Add("items", Of(form.Item!));
        schema.Integer("minItems", form.CountMin > 0 ? form.CountMin : null);
        schema.Integer("maxItems", form.CountMax);
    }

    private void WriteObject(TermShape shape, TermWriter schema)
    {
        schema.Value("type", "object");
        schema.Add("properties", TermNode.OfObject(
            shape.Fields.Select(static f => f.Name).ToValueList(),
            shape.Fields.Select(f => Of(f.Form, f.Fallback)).ToValueList()));
        schema.Values(
            "required", shape.Fields.Where(static f => f.IsRequired).Select(static f => f.Name).ToValueList());
        schema.Flag("additionalProperties", false, fallback: true);
    }

    private string Reference(TermFamily family)
    {
        string name = family.Name.Replace(' ', '-');
        if (definitions.TryAdd(name, TermNode.Null))
        {
            List<TermNode> kinds = [];
            foreach ((string kind, TermShape shape) in family.Cases)
            {
                string definition = $"{name}.{kind}";
                definitions.Add(definition, Of(TermForm.Object(shape)));
                kinds.Add(TermNode.OfObject(["$ref"], [TermNode.OfText(PathOf(definition))]));
            }

            definitions[name] = TermNode.OfObject(["oneOf"], [TermNode.OfList(kinds.ToValueList())]);
        }

        return PathOf(name);
    }

    private static string PathOf(string definition) => $"#/$defs/{definition}";
}
