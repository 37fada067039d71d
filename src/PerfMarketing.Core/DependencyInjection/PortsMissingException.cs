using PerfMarketing.Primitives;

namespace PerfMarketing.DependencyInjection;

/// <summary>The host has not registered ports that the workflows need; names all of them.</summary>
public sealed class PortsMissingException : Exception
{
    /// <summary>Makes the exception without details.</summary>
    public PortsMissingException()
        : this("Ports are missing.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public PortsMissingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public PortsMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception for missing ports.</summary>
    /// <param name="missing">The interfaces that nothing was registered for.</param>
    public PortsMissingException(ValueList<Type> missing)
        : base(Text(missing)) => Missing = missing;

    /// <summary>The interfaces that nothing was registered for.</summary>
    public ValueList<Type> Missing { get; } = [];

    private static string Text(ValueList<Type> missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        string names = string.Join(", ", missing.Select(static port => port.Name));
        return $"Nothing is registered for {names}: register it in AddPerfMarketing(b => b.Use…<T>()).";
    }
}
