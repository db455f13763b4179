"""The pages: thin, over the use cases in `simulator.records`. The only place that knows Streamlit."""
